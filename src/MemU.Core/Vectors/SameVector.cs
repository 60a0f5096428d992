using System.Runtime.InteropServices;

namespace MemU.Vectors;

/// <summary>Tells whether writing one entry over another of its id would change anything.</summary>
internal static class SameVector
{
    /// <summary>True when text, model and every bit of the numbers agree.</summary>
    public static bool Is(VectorRecord one, VectorRecord other) =>
        one.Text == other.Text && one.Model == other.Model
        && MemoryMarshal.AsBytes(one.Vector.Span).SequenceEqual(MemoryMarshal.AsBytes(other.Vector.Span));
}
