namespace MemU.Files;

/// <summary>A stretch of a file.</summary>
internal readonly record struct ByteRange(long Start, long Length)
{
    public long End => Start + Length;

    public static ByteRange Between(long start, long end) => new(start, end - start);
}
