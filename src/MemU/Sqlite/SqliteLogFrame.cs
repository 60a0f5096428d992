using System.Buffers.Binary;

namespace MemU.Sqlite;

/// <summary>
/// What tells the last frame of a commit from every other: the salts of its log, and the checksum of all frames up to it
/// (https://www.sqlite.org/fileformat2.html#the_write_ahead_log). The head of the log's index says the same of the frame that was committed last.
/// </summary>
/// <param name="Salts">As they stand there.</param>
/// <param name="Checksum">Both numbers.</param>
internal readonly record struct SqliteLogFrame(long Salts, long Checksum)
{
    /// <summary>So many bytes stand before each page.</summary>
    public const int HeaderLength = 24;

    // The number of the page and the length of the database come first.
    private const int SaltsPlace = 8;
    private const int ChecksumPlace = 16;
    private const int HeadChecksumPlace = 24;
    private const int HeadSaltsPlace = 32;

    /// <summary>From the header of the frame.</summary>
    public static SqliteLogFrame OfHeader(ReadOnlySpan<byte> header) => new(
        BinaryPrimitives.ReadInt64LittleEndian(header[SaltsPlace..]),
        Join(BinaryPrimitives.ReadUInt32BigEndian(header[ChecksumPlace..]), BinaryPrimitives.ReadUInt32BigEndian(header[(ChecksumPlace + sizeof(uint))..])));

    /// <summary>From the head of the index.</summary>
    public static SqliteLogFrame OfHead(ReadOnlySpan<byte> head) => new(
        BinaryPrimitives.ReadInt64LittleEndian(head[HeadSaltsPlace..]),
        Join(BitConverter.ToUInt32(head[HeadChecksumPlace..]), BitConverter.ToUInt32(head[(HeadChecksumPlace + sizeof(uint))..])));

    private static long Join(uint first, uint second) => (long)(((ulong)first << 32) | second);
}
