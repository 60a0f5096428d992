using System.Text;

namespace MemU.Vectors;

/// <summary>Finds the members of one entry that this version does not know.</summary>
internal sealed class ExtraMembers : IVectorFileSink
{
    private readonly byte[] json;
    private readonly List<byte[]> found = [];

    private ExtraMembers(byte[] json) => this.json = json;

    /// <summary>The members of an entry, given name and value as they stand in the snapshot.</summary>
    public static IReadOnlyList<byte[]> Of(ReadOnlySpan<byte> entry)
    {
        byte[] json = [.. Encoding.ASCII.GetBytes($"{{\"{VectorCollections.Items}\":{{"), .. entry, .. "}}"u8];
        var members = new ExtraMembers(json);
        new VectorFileParser(members).Read(json, isLast: true);
        return members.found;
    }

    public bool Take(VectorFileEntry entry, ReadOnlySpan<float> vector)
    {
        found.AddRange(entry.Extra.Select(range => json.AsSpan((int)range.Start, (int)range.Length).ToArray()));
        return true;
    }
}
