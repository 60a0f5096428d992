namespace MemU.Retrieve.Lexical;

/// <summary>
/// The documents in which a term occurs, ascending, how often it does in each, and in what kind of sentence; read one after the other. As
/// <see cref="PostingsWriter"/> writes them.
/// </summary>
internal ref struct Postings
{
    private readonly ReadOnlySpan<byte> bytes;
    private int at;
    private int read;

    public Postings(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
        Count = bytes.IsEmpty ? 0 : (int)ReadNumber();
        Document = -1;
    }

    /// <summary>In how many documents.</summary>
    public int Count { get; }

    /// <summary>The one read last; −1 before the first.</summary>
    public int Document { get; private set; }

    /// <summary>How often the term occurs in it.</summary>
    public ushort Frequency { get; private set; }

    /// <summary>In what kinds of sentence it occurs there.</summary>
    public Mood Mood { get; private set; }

    /// <summary>Reads the next one; false when there is none.</summary>
    public bool Next()
    {
        if (read == Count)
        {
            return false;
        }

        read++;
        var step = ReadNumber();
        Document += (int)(step / PostingsWriter.Ways) + 1;
        var way = (int)(step % PostingsWriter.Ways);
        if (way < PostingsWriter.Once.Length)
        {
            (Frequency, Mood) = (1, PostingsWriter.Once[way]);
        }
        else
        {
            var rest = ReadNumber();
            (Frequency, Mood) = ((ushort)(rest / PostingsWriter.Moods), (Mood)(rest % PostingsWriter.Moods));
        }

        return true;
    }

    private uint ReadNumber()
    {
        uint number = bytes[at++];
        if (number < 0x80)
        {
            return number;
        }

        number &= 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            uint next = bytes[at++];
            number |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }
    }
}
