using System.IO.Compression;

namespace MemU.Documents;

/// <summary>What a packed stream of a PDF file unpacks to, found out without making room for it.</summary>
internal static class PdfStreamSize
{
    private const int ZLibHeader = 2;

    /// <summary>Counts up to one byte more than the limit. What is damaged counts as far as it can be read.</summary>
    public static long OfFlate(ReadOnlyMemory<byte> packed, long limit)
    {
        if (packed.Length <= ZLibHeader)
        {
            return 0;
        }

        using var stream = new DeflateStream(new MemoryStream(packed[ZLibHeader..].ToArray(), writable: false), CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        var size = 0L;
        try
        {
            for (int read; size <= limit && (read = stream.Read(buffer)) > 0;)
            {
                size += read;
            }
        }
        catch (InvalidDataException)
        {
            // The reader says what is wrong with it, or reads what can be read.
        }

        return size;
    }

    /// <summary>Counts up to one string more than the limit: codes of 9 to 12 bits, each a string that is one byte longer than an earlier one.</summary>
    public static long OfLzw(ReadOnlySpan<byte> packed, long limit)
    {
        const int Clear = 256, End = 257, Most = 4096;
        Span<int> lengths = stackalloc int[Most];
        lengths.Fill(1);
        var (size, bits, width, next, previous) = (0L, 0L, 9, End + 1, 0);
        while (size <= limit && bits + width <= 8L * packed.Length)
        {
            var code = 0;
            for (var i = 0; i < width; i++, bits++)
            {
                code = (code << 1) | ((packed[(int)(bits >> 3)] >> (7 - (int)(bits & 7))) & 1);
            }

            if (code == End)
            {
                break;
            }

            if (code == Clear)
            {
                (width, next, previous) = (9, End + 1, 0);
                continue;
            }

            // The longest that a code can mean, whatever the stream says about when codes grow.
            var length = code < next ? lengths[code] : previous + 1;
            size += length;
            if (previous > 0 && next < Most)
            {
                lengths[next++] = previous + 1;
            }

            previous = length;
            width = next + 1 >= 2048 ? 12 : next + 1 >= 1024 ? 11 : next + 1 >= 512 ? 10 : 9;
        }

        return size;
    }

    /// <summary>Runs of a byte, and stretches that are taken as they are.</summary>
    public static long OfRunLength(ReadOnlySpan<byte> packed)
    {
        var size = 0L;
        for (var i = 0; i < packed.Length && packed[i] != 128;)
        {
            var (count, skip) = packed[i] < 128 ? (packed[i] + 1, packed[i] + 2) : (257 - packed[i], 2);
            size += count;
            i += skip;
        }

        return size;
    }
}
