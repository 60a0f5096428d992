using System.Buffers;

namespace MemU.Retrieve.Lexical;

/// <summary>
/// Writes the postings of one term after the other, in a byte or two each: the step from the document before, times four, plus the usual mood in which the term
/// occurs once; or plus three, and then how often, times eight, plus its moods. Numbers are seven bits a byte, lowest first, all but the last with the eighth
/// set. Not thread-safe.
/// </summary>
internal sealed class PostingsWriter
{
    /// <summary>What a step is multiplied by.</summary>
    public const uint Ways = 4;

    /// <summary>What a frequency is multiplied by.</summary>
    public const uint Moods = 8;

    /// <summary>The moods that need no number of their own where a term occurs once.</summary>
    public static readonly Mood[] Once = [Mood.Told, Mood.Told | Mood.OfOneself, Mood.Asked];

    private const int MostBytes = 5;

    private readonly ArrayBufferWriter<byte> bytes = new();
    private readonly List<int> starts = [0];
    private int last = -1;

    /// <summary>Begins the next term.</summary>
    /// <param name="count">In how many documents it occurs; so many have to follow.</param>
    public void Begin(int count)
    {
        last = -1;
        WriteNumber((uint)count);
    }

    /// <summary>Adds a document of the term, in ascending order.</summary>
    public void Add(int document, ushort frequency, Mood mood)
    {
        var usual = frequency == 1 ? Array.IndexOf(Once, mood) : -1;
        WriteNumber((((uint)(document - last) - 1) * Ways) + (usual < 0 ? Ways - 1 : (uint)usual));
        if (usual < 0)
        {
            WriteNumber((frequency * Moods) + (uint)mood);
        }

        last = document;
    }

    /// <summary>Ends the term.</summary>
    public void End() => starts.Add(bytes.WrittenCount);

    /// <summary>Everything written, and where each term begins; the last entry is where all end.</summary>
    public (byte[] Bytes, int[] Starts) Finish() => (bytes.WrittenSpan.ToArray(), [.. starts]);

    private void WriteNumber(uint number)
    {
        var room = bytes.GetSpan(MostBytes);
        var length = 0;
        for (; number >= 0x80; number >>= 7)
        {
            room[length++] = (byte)(number | 0x80);
        }

        room[length++] = (byte)number;
        bytes.Advance(length);
    }
}
