namespace MemU.Vectors;

/// <summary>
/// Gives each chunk of a group its rows. Those of the first chunks are arrays of their own; further ones are cut from arrays under large pages, each as large as
/// all before it but not for more than are expected, else for a part of those there are: fetching memory page by page would cost more than filling it, and what is not used yet is memory too, once the
/// collector moves an array of this size.
/// Not thread-safe.
/// </summary>
internal sealed class RowSupply<T>(int stride, int rowsOfChunk)
    where T : unmanaged
{
    /// <summary>Chunks that have arrays of their own.</summary>
    public const int Few = 8;

    /// <summary>Of the chunks there are, so many-th part is what an array is begun for.</summary>
    public const int Part = 4;

    /// <summary>Chunks that an array has room for at most.</summary>
    public const int Many = 64;

    private AlignedRows<T>? whole;
    private int used;
    private int room;
    private int expected;

    /// <summary>There will be so many chunks.</summary>
    public void Expect(int chunks) => expected = chunks;

    /// <summary>The rows of a chunk.</summary>
    /// <param name="chunk">Its number.</param>
    /// <param name="capacity">How many it shall have room for; less than usual only in a first chunk.</param>
    public AlignedRows<T> Next(int chunk, int capacity)
    {
        if (chunk < Few)
        {
            return new AlignedRows<T>(stride, capacity);
        }

        if (whole is null || used == room)
        {
            var chunks = Math.Min(Many, chunk < expected ? Math.Min(chunk, expected - chunk) : Math.Max(Few, chunk / Part));

            // Where there is no memory for it, what was given out must not be given out again.
            whole = new AlignedRows<T>(stride, rowsOfChunk * chunks);
            (used, room) = (0, chunks);
            whole.AskForHugePages();
        }

        return whole.Part(used++ * rowsOfChunk, rowsOfChunk);
    }

    /// <summary>The chunk of this number, the last there was, is gone: the next one gets its rows. Otherwise each coming and going would use up more.</summary>
    public void TakeBack(int chunk)
    {
        if (chunk >= Few && used > 0)
        {
            used--;
        }
    }

    /// <summary>What is left of the last array is not given out.</summary>
    public void Forget() => whole = null;
}
