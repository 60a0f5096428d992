namespace MemU.Reasoning.Offline;

/// <summary>A vector to which features are added at the place and with the sign that their hash tells.</summary>
internal readonly struct FeatureVector(float[] values)
{
    /// <summary>The kind of feature that a whole term is; kinds have independent hashes.</summary>
    public const uint Term = 1;

    /// <summary>A part of a term.</summary>
    public const uint Part = 2;

    /// <summary>A character that is no letter.</summary>
    public const uint Sign = 3;

    private const int Shortest = 3;
    private const int Longest = 5;
    private const double PartShare = 0.5;

    /// <summary>Adds one feature.</summary>
    public void Add(ReadOnlySpan<char> feature, uint kind, double weight)
    {
        var hash = StableHash.Of(feature, kind);
        values[hash & (uint)(values.Length - 1)] += (float)((hash >> 31) == 0 ? weight : -weight);
    }

    /// <summary>Adds the n-grams of a term, which together weigh <see cref="PartShare"/> of it; terms too short for them add their characters.</summary>
    public void AddParts(string term, double weight)
    {
        Span<char> word = stackalloc char[Text.Tokenizer.MaxTokenLength + 2];
        var length = Math.Min(term.Length, Text.Tokenizer.MaxTokenLength) + 2;
        word[0] = '<';
        term.AsSpan(0, length - 2).CopyTo(word[1..]);
        word[length - 1] = '>';
        word = word[..length];
        if (length <= Shortest + 1)
        {
            foreach (var c in term)
            {
                Add([c], Part, weight * PartShare / Math.Sqrt(term.Length));
            }

            return;
        }

        var count = 0;
        for (var n = Shortest; n <= Math.Min(Longest, length); n++)
        {
            count += length - n + 1;
        }

        var share = weight * PartShare / Math.Sqrt(count);
        for (var n = Shortest; n <= Math.Min(Longest, length); n++)
        {
            for (var at = 0; at + n <= length; at++)
            {
                Add(word.Slice(at, n), Part, share);
            }
        }
    }

    /// <summary>The vector at length 1; one feature stands for nothing at all, because a vector of zeros has no direction.</summary>
    public float[] Normalised()
    {
        var length = Length();
        if (length < 1e-6)
        {
            Array.Clear(values);
            Add("<nothing>", Sign, 1);
            length = Length();
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(values[i] / length);
        }

        return values;
    }

    // Added in order, in double: the same on every processor.
    private double Length()
    {
        var sum = 0.0;
        foreach (var x in values)
        {
            sum += (double)x * x;
        }

        return Math.Sqrt(sum);
    }
}
