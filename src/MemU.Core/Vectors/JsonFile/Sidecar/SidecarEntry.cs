using System.Runtime.InteropServices;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>What the index file knows of one entry of the snapshot. Stands in the file as it is here.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct SidecarEntry
{
    /// <summary>Where the space and the collection are named, in the index file.</summary>
    public long Head { get; init; }

    /// <summary>Where the id stands, in the index file.</summary>
    public long Id { get; init; }

    /// <summary>Where the numbers stand, in the index file.</summary>
    public long Row { get; init; }

    /// <summary>Where name and value of the entry stand, in the snapshot.</summary>
    public long Raw { get; init; }

    public int IdLength { get; init; }

    public int Dimensions { get; init; }

    /// <summary>The model's place in the list of models; −1 for none.</summary>
    public int Model { get; init; }

    public int RawLength { get; init; }

    /// <summary>Where the text stands, in the snapshot, counted from <see cref="Raw"/>.</summary>
    public int Text { get; init; }

    /// <summary>With its quotes; 0 when there is none.</summary>
    public int TextLength { get; init; }

    public ByteRange RawRange => new(Raw, RawLength);

    public ByteRange? TextRange => TextLength == 0 ? null : new ByteRange(Raw + Text, TextLength);
}
