using System.Runtime.InteropServices;

namespace MemU.Vectors;

/// <summary>
/// An id as searches keep it: nearly all are UUIDs, whose 16 bytes need no object; any other string stays one. Equal and ordered as the strings are, by their
/// characters.
/// </summary>
internal readonly struct VectorId : IEquatable<VectorId>, IComparable<VectorId>
{
    private const int Digits = 36;

    private readonly Guid uuid;
    private readonly string? text;

    /// <summary>The id that is written so.</summary>
    public VectorId(string id) => text = CanonicalUuid.TryParse(id, out uuid) ? null : id;

    /// <summary>The id that is written as this UUID.</summary>
    public VectorId(Guid uuid) => this.uuid = uuid;

    private VectorId(Guid uuid, string text) => (this.uuid, this.text) = (uuid, text);

    /// <summary>The UUID; meaningless where there is a text.</summary>
    public Guid Uuid => uuid;

    /// <summary>What is no UUID, or is not written as one; null where it is.</summary>
    public string? Text => text;

    /// <summary>The id of a <see cref="Text"/>, which is known not to be a UUID.</summary>
    public static VectorId OfText(string text) => new(default, text);

    public static bool operator ==(VectorId left, VectorId right) => left.Equals(right);

    public static bool operator !=(VectorId left, VectorId right) => !left.Equals(right);

    public bool Equals(VectorId other) => text is null ? other.text is null && uuid == other.uuid : text == other.text;

    public override bool Equals(object? obj) => obj is VectorId other && Equals(other);

    /// <summary>Differs from process to process: nobody can choose ids that fall together.</summary>
    public override int GetHashCode()
    {
        if (text is not null)
        {
            return text.GetHashCode(StringComparison.Ordinal);
        }

        var parts = MemoryMarshal.Cast<Guid, int>(new ReadOnlySpan<Guid>(in uuid));
        return HashCode.Combine(parts[0], parts[1], parts[2], parts[3]);
    }

    public int CompareTo(VectorId other) =>
        text is null && other.text is null ? uuid.CompareTo(other.uuid) : CompareWritten(in this, in other);

    /// <summary>As it is written.</summary>
    public override string ToString() => text ?? uuid.ToString();

    private static int CompareWritten(in VectorId one, in VectorId other)
    {
        Span<char> room = stackalloc char[Digits], otherRoom = stackalloc char[Digits];
        return one.Written(room).SequenceCompareTo(other.Written(otherRoom));
    }

    private ReadOnlySpan<char> Written(Span<char> room)
    {
        if (text is not null)
        {
            return text;
        }

        uuid.TryFormat(room, out _);
        return room;
    }
}
