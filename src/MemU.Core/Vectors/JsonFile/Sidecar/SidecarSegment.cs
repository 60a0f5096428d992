using System.Runtime.InteropServices;

namespace MemU.Vectors;

/// <summary>Where the entries of one collection of one space stand in the index file, ordered by id. Stands in the file as it is here.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct SidecarSegment
{
    /// <summary>Where the space and the collection are named.</summary>
    public long Head { get; init; }

    /// <summary>Where the numbers of all entries stand, one vector after the other.</summary>
    public long Rows { get; init; }

    public long RowBytes { get; init; }

    /// <summary>Where the ids stand, one after the other.</summary>
    public long Ids { get; init; }

    public long IdBytes { get; init; }

    /// <summary>Where the <see cref="SidecarEntry"/> stand.</summary>
    public long Entries { get; init; }

    public int Count { get; init; }

    /// <summary>Of every vector; −1 when they differ.</summary>
    public int Dimensions { get; init; }
}
