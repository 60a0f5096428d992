namespace MemU.Vectors;

/// <summary>A question made ready, with room for what a search needs besides its answer. Kept by each thread, so that a question allocates nothing else.</summary>
internal sealed class SearchScratch
{
    // What an absurd question made this large is not kept.
    private const int MostFloats = 1 << 16;
    private const int MostHits = 1 << 14;

    [ThreadStatic]
    private static SearchScratch? kept;

    private float[] normalised = [];
    private sbyte[] rounded = [];
    private int dimension;

    /// <summary>How many hits were asked for.</summary>
    public int TopK { get; private set; }

    /// <summary>The best so far.</summary>
    public TopK Best { get; } = new(1);

    /// <summary>What a first pass leaves.</summary>
    public Candidates Candidates { get; } = new();

    /// <summary>The question, normalised and padded as rows are.</summary>
    public ReadOnlySpan<float> Normalised => normalised.AsSpan(0, VectorChunk.StrideOf(dimension));

    /// <summary>The question, rounded and padded as rounded rows are.</summary>
    public ReadOnlySpan<sbyte> Rounded => rounded.AsSpan(0, RoundedRows.StrideOf(dimension));

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
        if (normalised.Length <= MostFloats && Best.Capacity <= MostHits && Candidates.Capacity <= MostHits)
        {
            // No id is kept alive.
            Best.Clear(1);
            kept = this;
        }
    }

    private void Prepare(ReadOnlySpan<float> question, int topK)
    {
        (dimension, TopK) = (question.Length, topK);
        Best.Clear(topK);
        if (rounded.Length < RoundedRows.StrideOf(dimension))
        {
            normalised = new float[RoundedRows.StrideOf(dimension)];
            rounded = new sbyte[RoundedRows.StrideOf(dimension)];
        }

        VectorLength.Normalise(question, normalised.AsSpan(0, VectorChunk.StrideOf(dimension)));
        RoundedRows.Round(normalised.AsSpan(0, dimension), rounded.AsSpan(0, RoundedRows.StrideOf(dimension)));
    }
}
