using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MemU.Files;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>
/// Writes the JSON of a snapshot: what is new as plain JSON in ASCII (which every reader takes, whatever encoding it assumes), what was there byte for byte
/// from the snapshot before. Not thread-safe.
/// </summary>
/// <param name="output">The new file.</param>
/// <param name="progress">Told the bytes written so far.</param>
internal sealed class SnapshotOutput(Stream output, IProgress<long>? progress)
{
    private const int FlushAt = 1 << 20;
    private readonly ArrayBufferWriter<byte> pending = new(FlushAt + (1 << 14));
    private long written;

    public long Position => written + pending.WrittenCount;

    public void Put(string ascii) => Encoding.ASCII.GetBytes(ascii, pending);

    public void PutText(string text)
    {
        // By way of UTF-8: half a character, which JSON cannot hold, becomes the replacement character instead of an error.
        var encoded = JsonEncodedText.Encode(Encoding.UTF8.GetBytes(text), JavaScriptEncoder.Default);
        Put("\"");
        pending.Write(encoded.EncodedUtf8Bytes);
        Put("\"");
    }

    /// <summary>Writes the shortest digits that give the same numbers back.</summary>
    public void PutNumbers(ReadOnlySpan<float> numbers)
    {
        var span = pending.GetSpan(checked(numbers.Length * (ShortestSingle.MostCharacters + 2)));
        var length = 0;
        foreach (var number in numbers)
        {
            length += ShortestSingle.Write(number, span[length..]);
            ", "u8.CopyTo(span[length..]);
            length += 2;
        }

        pending.Advance(Math.Max(0, length - 2));
        FlushIfFull();
    }

    public void Put(ReadOnlySpan<byte> bytes)
    {
        pending.Write(bytes);
        FlushIfFull();
    }

    /// <summary>Copies a stretch of another file.</summary>
    public void Copy(SafeFileHandle source, ByteRange range, CancellationToken cancellationToken)
    {
        for (var done = 0L; done < range.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var piece = (int)Math.Min(range.Length - done, FlushAt);
            FileBytes.ReadExactly(source, pending.GetSpan(piece)[..piece], range.Start + done);
            pending.Advance(piece);
            done += piece;
            FlushIfFull();
        }
    }

    public void Flush()
    {
        if (pending.WrittenCount > 0)
        {
            output.Write(pending.WrittenSpan);
            written += pending.WrittenCount;
            pending.ResetWrittenCount();
            progress?.Report(written);
        }
    }

    private void FlushIfFull()
    {
        if (pending.WrittenCount >= FlushAt)
        {
            Flush();
        }
    }
}
