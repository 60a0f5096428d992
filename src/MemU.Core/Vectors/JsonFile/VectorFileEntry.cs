using MemU.Files;

namespace MemU.Vectors;

/// <summary>One entry of a vector file. Immutable.</summary>
internal sealed record VectorFileEntry
{
    public required string Id { get; init; }

    /// <summary>The space; null when the file names one that cannot be (a blank or overlong id), or the entry's own id is no valid text. Such an entry is kept and never shown.</summary>
    public required MemoryScope? Scope { get; init; }

    public required float[] Vector { get; init; }

    /// <summary>The Euclidean length of the vector.</summary>
    public required double Length { get; init; }

    public string? Text { get; init; }

    public string? Model { get; init; }

    /// <summary>Where its name and value stand in the file; null while it is not written yet.</summary>
    public ByteRange? Raw { get; init; }

    /// <summary>Members of the entry that this version does not know, in the file that was read; they survive.</summary>
    public IReadOnlyList<ByteRange> Extra { get; init; } = [];

    public static VectorFileEntry New(MemoryScope scope, VectorRecord record, IReadOnlyList<ByteRange> extra)
    {
        // A copy, so that an array the caller still holds cannot change what is stored.
        var vector = record.Vector.ToArray();
        return new VectorFileEntry
        {
            Id = record.Id,
            Scope = scope,
            Vector = vector,
            Length = ExactSearch.LengthOf(vector),
            Text = record.Text,
            Model = record.Model,
            Extra = extra,
        };
    }

    public bool Holds(VectorRecord record) =>
        record.Text == Text && record.Model == Model
        && System.Runtime.InteropServices.MemoryMarshal.AsBytes(record.Vector.Span).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Vector.AsSpan()));

    public VectorRecord ToRecord(string collection) => new() { Collection = collection, Id = Id, Vector = Vector, Text = Text, Model = Model };
}
