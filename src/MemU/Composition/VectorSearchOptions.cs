using MemU.Vectors;

namespace MemU;

/// <summary>How vectors are searched, and how much memory they may take.</summary>
public sealed class VectorSearchOptions
{
    /// <summary>How a space's vectors are searched; chosen by their number when not set.</summary>
    public VectorSearchMode Mode { get; set; } = VectorSearchMode.Auto;

    /// <summary>
    /// Bytes for the vectors of the spaces in use; those not used for the longest time make room, and are read again when they are asked for. A quarter of the
    /// memory that the process may use when not set. The vectors of the question at hand are held even if they alone take more.
    /// </summary>
    public long? CacheBytes { get; set; }

    internal void Validate()
    {
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
