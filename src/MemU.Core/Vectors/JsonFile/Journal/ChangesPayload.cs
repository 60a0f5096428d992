using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>How the changes of one call are written into a frame, and read from it.</summary>
internal static class ChangesPayload
{
    private const byte Upsert = 1;
    private const byte Removal = 2;

    /// <summary>The payload of changes.</summary>
    public static ReadOnlySpan<byte> Write(MemoryScope scope, VectorChanges changes)
    {
        var output = new ArrayBufferWriter<byte>(256 + changes.Upserted.Sum(u => 64 + EntryBytes.VectorLength(u.Vector.Length) + (2 * (u.Text?.Length ?? 0))));
        PutText(output, scope.Tenant);
        PutText(output, scope.User);
        PutText(output, scope.Agent);
        PutNumber(output, changes.Removed.Count + changes.Upserted.Count);
        foreach (var (collection, id) in changes.Removed)
        {
            output.Write([Removal, CollectionNumbers.Of(collection)]);
            PutText(output, id);
        }

        foreach (var record in changes.Upserted)
        {
            output.Write([Upsert, CollectionNumbers.Of(record.Collection)]);
            PutText(output, record.Id);
            PutText(output, record.Model);
            Put(output, record.Text is null ? null : EntryBytes.OfText(scope, record.Text));
            var length = EntryBytes.VectorLength(record.Vector.Length);
            PutNumber(output, length);
            EntryBytes.PutVector(scope, record.Vector.Span, output.GetSpan(length)[..length]);
            output.Advance(length);
        }

        return output.WrittenSpan;
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

    private static void PutText(ArrayBufferWriter<byte> output, string? text) => Put(output, text is null ? null : Encoding.UTF8.GetBytes(text));

    private static void Put(ArrayBufferWriter<byte> output, byte[]? bytes)
    {
        PutNumber(output, bytes?.Length ?? -1);
        output.Write(bytes);
    }

    private static void PutNumber(ArrayBufferWriter<byte> output, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), number);
        output.Advance(sizeof(int));
    }

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
