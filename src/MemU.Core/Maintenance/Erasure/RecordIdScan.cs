using System.Buffers;
using System.Text;
using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>
/// Finds ids of records (UUIDs: as text, 36 bytes, or as 16 bytes behind a zero, as blocks of vectors list them) in raw bytes, whatever the format around them: live
/// rows, free pages, logs, half-written files.
/// </summary>
internal sealed class RecordIdScan(IReadOnlySet<ulong> wanted)
{
    private const int PieceSize = 1 << 20;
    private const int IdLength = 36;
    private const int PackedLength = 16;

    private static readonly SearchValues<byte> Hexadecimal = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>The wanted ids in a stream, each with the place where it first stands.</summary>
    public async Task<IReadOnlyDictionary<string, long>> RunAsync(Stream stream, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        var buffer = new byte[PieceSize];
        var (filled, start) = (0, 0L);
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            filled += read;
            Search(buffer.AsSpan(0, filled), start, found);
            SearchPacked(buffer.AsSpan(0, filled), start, found);
            if (read == 0)
            {
                return found;
            }

            // An id may lie across two pieces.
            var kept = Math.Min(filled, IdLength - 1);
            start += filled - kept;
            buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
            filled = kept;
        }
    }

    private void Search(ReadOnlySpan<byte> bytes, long start, Dictionary<string, long> found)
    {
        for (var i = 8; i + IdLength - 8 <= bytes.Length; i++)
        {
            var next = bytes[i..].IndexOf((byte)'-');
            if (next < 0 || i + next + IdLength - 8 > bytes.Length)
            {
                return;
            }

            i += next;
            if (IsId(bytes.Slice(i - 8, IdLength)))
            {
                Note(bytes.Slice(i - 8, IdLength), start + i - 8, found);
            }
        }
    }

    // Of other bytes one in some thousands looks like this, too few to cost anything.
    private void SearchPacked(ReadOnlySpan<byte> bytes, long start, Dictionary<string, long> found)
    {
        Span<byte> text = stackalloc byte[IdLength];
        for (var i = 0; i + PackedLength < bytes.Length; i++)
        {
            var next = bytes[i..^PackedLength].IndexOf((byte)0);
            if (next < 0)
            {
                return;
            }

            i += next;
            var packed = bytes.Slice(i + 1, PackedLength);
            if (packed[6] >> 4 is >= 1 and <= 8 && packed[8] >> 6 == 2)
            {
                new Guid(packed, bigEndian: true).TryFormat(text, out _);
                Note(text, start + i + 1, found);
            }
        }
    }

    private void Note(ReadOnlySpan<byte> id, long place, Dictionary<string, long> found)
    {
        if (wanted.Contains(ErasureRecord.FingerprintOf(id)))
        {
            found.TryAdd(Encoding.ASCII.GetString(id), place);
        }
    }

    private static bool IsId(ReadOnlySpan<byte> text) =>
        text[13] == '-' && text[18] == '-' && text[23] == '-'
        && !text[..8].ContainsAnyExcept(Hexadecimal) && !text[9..13].ContainsAnyExcept(Hexadecimal) && !text[14..18].ContainsAnyExcept(Hexadecimal)
        && !text[19..23].ContainsAnyExcept(Hexadecimal) && !text[24..].ContainsAnyExcept(Hexadecimal);
}
