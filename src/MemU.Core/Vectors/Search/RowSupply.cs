namespace MemU.Vectors;

/// <summary>
/// Gives each chunk of a group its rows. Those of the first chunks are arrays of their own; further ones are cut from larger arrays under large pages, because
/// then the space is large enough that the part of a page which is not used yet does not count. Not thread-safe.
/// </summary>
internal sealed class RowSupply<T>(int stride, int rowsOfChunk)
    where T : unmanaged
{
    /// <summary>Chunks that have arrays of their own, and chunks an array has room for afterwards.</summary>
    public const int Many = 64;

    private AlignedRows<T>? whole;
    private int used;

    /// <summary>The rows of a chunk.</summary>
    /// <param name="chunk">Its number.</param>
    /// <param name="capacity">How many it shall have room for; less than usual only in a first chunk.</param>
    public AlignedRows<T> Next(int chunk, int capacity)
    {
        if (chunk < Many)
        {
            return new AlignedRows<T>(stride, capacity);
        }

        if (whole is null || used == Many)
        {
            (whole, used) = (new AlignedRows<T>(stride, rowsOfChunk * Many), 0);
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
