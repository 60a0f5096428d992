namespace MemU.Vectors;

/// <summary>A question made ready, with room for what a search needs besides its answer. Kept by each thread, so that a question allocates nothing else.</summary>
internal sealed class SearchScratch
{
    // What an absurd question made this large is not kept.
    private const int MostFloats = 1 << 16;

    [ThreadStatic]
    private static SearchScratch? kept;

    // Read with every row: a question that does not begin at a cache line would cost half of the time.
    private AlignedRows<float> normalised = new(0, 1, pinned: true);
    private AlignedRows<sbyte> rounded = new(0, 1, pinned: true);
    private int numbers;
    private int dimension;

    /// <summary>How many hits were asked for.</summary>
    public int TopK { get; private set; }

    /// <summary>What this thread finds.</summary>
    public ScanRoom Room { get; } = new();

    /// <summary>Lets other threads take part.</summary>
    public SharedScan Shared { get; } = new();

    /// <summary>The question, normalised and padded as rows are.</summary>
    public ReadOnlySpan<float> Normalised => normalised[0][..VectorChunk.StrideOf(dimension)];

    /// <summary>The question, rounded and padded as rounded rows are; after <see cref="Round"/>.</summary>
    public ReadOnlySpan<sbyte> Rounded => rounded[0][..RoundedRows.StrideOf(dimension)];

    /// <summary>The sum of the rounded numbers; after <see cref="Round"/>.</summary>
    public int RoundedSum { get; private set; }

    /// <summary>What one of the rounded numbers stands for; after <see cref="Round"/>.</summary>
    public float RoundedStep { get; private set; }

    /// <summary>The scratch of this thread, made ready for a question.</summary>
    public static SearchScratch Take(ReadOnlySpan<float> question, int topK)
    {
        var scratch = kept ?? new SearchScratch();
        kept = null;
        scratch.Prepare(question, topK);
        return scratch;
    }

    /// <summary>Gives it back to this thread.</summary>
    public void Keep()
    {
        if (numbers <= MostFloats && Room.IsSmall && Shared.IsSmall)
        {
            // No id is kept alive.
            Room.Best.Clear(1);
            kept = this;
        }
    }

    /// <summary>Rounds the question.</summary>
    public void Round()
    {
        RoundedStep = RoundedRows.RoundQuestion(normalised[0][..dimension], rounded[0][..RoundedRows.StrideOf(dimension)]);
        RoundedSum = 0;
        foreach (var number in Rounded)
        {
            RoundedSum += number;
        }
    }

    private void Prepare(ReadOnlySpan<float> question, int topK)
    {
        (dimension, TopK) = (question.Length, topK);
        Room.Best.Clear(topK);
        if (numbers < RoundedRows.StrideOf(dimension))
        {
            numbers = RoundedRows.StrideOf(dimension);
            normalised = new AlignedRows<float>(numbers, 1, pinned: true);
            rounded = new AlignedRows<sbyte>(numbers, 1, pinned: true);
        }

        VectorLength.Normalise(question, normalised[0][..VectorChunk.StrideOf(dimension)]);
    }
}
