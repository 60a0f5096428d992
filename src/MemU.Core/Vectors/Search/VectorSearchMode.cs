namespace MemU.Vectors;

/// <summary>How a space's vectors are searched.</summary>
public enum VectorSearchMode
{
    /// <summary>Exact in small collections; in large ones a first pass over rounded copies chooses what is compared exactly.</summary>
    Auto,

    /// <summary>Every vector is compared exactly.</summary>
    Exact,

    /// <summary>The first pass over rounded copies is always made.</summary>
    Quantised,
}
