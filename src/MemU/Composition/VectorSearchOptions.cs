using MemU.Vectors;

namespace MemU;

/// <summary>How vectors are searched, and how much memory they may take.</summary>
public sealed class VectorSearchOptions
{
    // From some four on they read as fast as the memory gives.
    private const int MostByDefault = 4;
    internal const int MostThreads = 64;

    /// <summary>How a space's vectors are searched; chosen by their number when not set.</summary>
    public VectorSearchMode Mode { get; set; } = VectorSearchMode.Auto;

    /// <summary>
    /// Bytes for the vectors of the spaces in use; those not used for the longest time make room, and are read again when they are asked for. A quarter of the
    /// memory that the process may use when not set. The vectors of the question at hand are held even if they alone take more.
    /// </summary>
    public long? CacheBytes { get; set; }

    /// <summary>
    /// How many threads, of the pool's, may search for one question, from some megabytes of vectors on; as many as there are processors, and four at most, when not
    /// set. A thread that is not free at once is not waited for. The answer is the same with any number.
    /// </summary>
    public int? Threads { get; set; }

    /// <summary>How many threads there are in the end.</summary>
    internal int ThreadsOrDefault => Threads ?? Math.Min(Environment.ProcessorCount, MostByDefault);

    internal void Validate()
    {
        if (Threads is < 1 or > MostThreads)
        {
            throw new ArgumentOutOfRangeException(nameof(Threads), Threads, $"Threads is 1 to {MostThreads}, or null.");
        }

        if (!Enum.IsDefined(Mode))
        {
            throw new ArgumentOutOfRangeException(nameof(Mode), Mode, "Mode is Auto, Exact or Quantised.");
        }

        if (CacheBytes < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(CacheBytes), CacheBytes, "CacheBytes is 0 or more, or null.");
        }
    }
}
