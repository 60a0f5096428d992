namespace MemU.Vectors;

/// <summary>
/// Gives each chunk of a group its rows. Those of the first chunks are arrays of their own; further ones are cut from arrays under large pages, each as large as all
/// before it: fetching memory page by page would cost more than filling it, and at this size the part of an array that is not used yet does not count.
/// Not thread-safe.
/// </summary>
internal sealed class RowSupply<T>(int stride, int rowsOfChunk)
    where T : unmanaged
{
    /// <summary>Chunks that have arrays of their own.</summary>
    public const int Few = 8;

    /// <summary>Chunks that an array has room for at most.</summary>
    public const int Many = 64;

    private AlignedRows<T>? whole;
    private int used;
    private int room;

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
            (used, room) = (0, Math.Min(Many, chunk));
            whole = new AlignedRows<T>(stride, rowsOfChunk * room);
            whole.AskForHugePages();
        }

        return whole.Part(used++ * rowsOfChunk, rowsOfChunk);
    }

    /// <summary>The chunk of this number, the last there was, is gone: the next one gets its rows. Otherwise each coming and going would use up more.</summary>
    public void TakeBack(int chunk)
    {
        if (chunk >= Many && used > 0)
        {
            used--;
        }
    }

    /// <summary>What is left of the last array is not given out.</summary>
    public void Forget() => whole = null;
}
