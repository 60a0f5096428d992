using System.Buffers.Binary;
using System.Text;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>How the changes of one call are written into a frame, and read from it.</summary>
internal static class ChangesPayload
{
    private const byte Upsert = 1;
    private const byte Removal = 2;

    /// <summary>Writes the payload of changes.</summary>
    /// <returns>Its records, as <see cref="Read"/> would read them.</returns>
    public static List<JournalEntry> Write(JournalBytes output, MemoryScope scope, VectorChanges changes)
    {
        output.Reserve(checked((int)(256 + (160L * changes.Removed.Count) + changes.Upserted.Sum(u => 160L + EntryBytes.VectorLength(u.Vector.Length) + (2L * (u.Text?.Length ?? 0))))));
        PutText(output, scope.Tenant);
        PutText(output, scope.User);
        PutText(output, scope.Agent);
        PutNumber(output, changes.Removed.Count + changes.Upserted.Count);
        var entries = new List<JournalEntry>(changes.Removed.Count + changes.Upserted.Count);
        foreach (var (collection, id) in changes.Removed)
        {
            PutKind(output, Removal, collection);
            entries.Add(new JournalEntry(scope, collection, PutText(output, id)!) { IsRemoval = true });
        }

        foreach (var record in changes.Upserted)
        {
            PutKind(output, Upsert, record.Collection);
            var (id, model) = (PutText(output, record.Id)!, PutText(output, record.Model));
            var text = Put(output, record.Text is null ? null : EntryBytes.OfText(scope, record.Text));
            var length = EntryBytes.VectorLength(record.Vector.Length);
            PutNumber(output, length);
            var vector = new ByteRange(output.Position, length);
            EntryBytes.PutVector(scope, record.Vector.Span, output.Take(length));
            entries.Add(new JournalEntry(scope, record.Collection, id) { Model = model, Text = text, Vector = vector });
        }

        return entries;
    }

    /// <summary>The records of a payload that stands at a place of the journal.</summary>
    /// <exception cref="JournalDamage">It was written by a later version.</exception>
    public static List<JournalEntry> Read(ReadOnlySpan<byte> payload, long position)
    {
        var at = 0;
        var tenant = TakeText(payload, ref at)!;
        var scope = new MemoryScope(TakeText(payload, ref at)!, TakeText(payload, ref at)!, tenant);
        var count = TakeNumber(payload, ref at);
        var entries = new List<JournalEntry>(count);
        for (var i = 0; i < count; i++)
        {
            var kind = payload[at];
            var collection = CollectionNumbers.NameOf(payload[at + 1])
                ?? throw new JournalDamage("a collection that this version knows; a later program wrote it", position + at);
            at += 2;
            var entry = new JournalEntry(scope, collection, TakeText(payload, ref at)!) { IsRemoval = kind == Removal };
            entries.Add(kind == Removal
                ? entry
                : entry with
                {
                    Model = TakeText(payload, ref at),
                    Text = TakeRange(payload, position, ref at),
                    Vector = TakeRange(payload, position, ref at)!.Value,
                });
        }

        return entries;
    }

    private static void PutKind(JournalBytes output, byte kind, string collection)
    {
        var bytes = output.Take(2);
        (bytes[0], bytes[1]) = (kind, CollectionNumbers.Of(collection));
    }

    /// <summary>Writes a text and returns what will be read: half a character does not survive.</summary>
    private static string? PutText(JournalBytes output, string? text)
    {
        if (text is null)
        {
            PutNumber(output, -1);
            return null;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        PutNumber(output, length);
        var bytes = output.Take(length);
        Encoding.UTF8.GetBytes(text, bytes);
        return text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(bytes) : text;
    }

    private static ByteRange? Put(JournalBytes output, byte[]? bytes)
    {
        PutNumber(output, bytes?.Length ?? -1);
        if (bytes is null)
        {
            return null;
        }

        bytes.CopyTo(output.Take(bytes.Length));
        return new ByteRange(output.Position - bytes.Length, bytes.Length);
    }

    private static void PutNumber(JournalBytes output, int number) => BinaryPrimitives.WriteInt32LittleEndian(output.Take(sizeof(int)), number);

    private static int TakeNumber(ReadOnlySpan<byte> payload, ref int at)
    {
        at += sizeof(int);
        return BinaryPrimitives.ReadInt32LittleEndian(payload[(at - sizeof(int))..]);
    }

    private static string? TakeText(ReadOnlySpan<byte> payload, ref int at) =>
        TakeRange(payload, 0, ref at) is { } range ? Encoding.UTF8.GetString(payload.Slice((int)range.Start, (int)range.Length)) : null;

    private static ByteRange? TakeRange(ReadOnlySpan<byte> payload, long position, ref int at)
    {
        var length = TakeNumber(payload, ref at);
        if (length < 0)
        {
            return null;
        }

        at += length;
        return new ByteRange(position + at - length, length);
    }
}
