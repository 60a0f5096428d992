using System.Security.Cryptography;

namespace MemU;

/// <summary>
/// Makes version-7 UUIDs (RFC 9562 §5.7) that sort in the order in which this source made them, also within one millisecond.
/// Thread-safe. With a seed the sequence repeats, for tests.
/// </summary>
public sealed class IdSource(TimeProvider time, int? seed = null)
{
    private readonly Lock gate = new();
    private readonly Random? seeded = seed is { } s ? new Random(s) : null;
    private long lastMilliseconds;
    private int sequence;

    /// <summary>The next id, 36 characters.</summary>
    public string Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        long milliseconds;
        int counter;
        lock (gate)
        {
            if (seeded is null)
            {
                RandomNumberGenerator.Fill(bytes);
            }
            else
            {
                seeded.NextBytes(bytes);
            }

            milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (milliseconds > lastMilliseconds)
            {
                lastMilliseconds = milliseconds;
                sequence = 0;
            }
            else if (++sequence > 0xFFF)
            {
                lastMilliseconds++;
                sequence = 0;
            }

            milliseconds = lastMilliseconds;
            counter = sequence;
        }

        for (var i = 5; i >= 0; i--)
        {
            bytes[i] = (byte)milliseconds;
            milliseconds >>= 8;
        }

        bytes[6] = (byte)(0x70 | (counter >> 8));
        bytes[7] = (byte)counter;
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
