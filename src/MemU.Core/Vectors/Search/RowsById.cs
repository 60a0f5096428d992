using System.Runtime.CompilerServices;

namespace MemU.Vectors;

/// <summary>
/// The rows of a group by their ids: a table of the rows' numbers alone, searched from the place that the hash of an id tells; the ids are compared where they
/// stand, in the rows. A dictionary with the ids in it took twenty times the room. Not thread-safe.
/// </summary>
/// <param name="chunks">The rows.</param>
/// <param name="rowsOfChunk">How many a full chunk has.</param>
/// <param name="newTable">Makes a table of so many slots; null for the usual way. Where there is no memory for it, everything is as before.</param>
internal sealed class RowsById(List<VectorChunk> chunks, int rowsOfChunk, Func<int, int[]>? newTable = null)
{
    private const int FewestSlots = 8;

    // The number of a row and 1; 0 where there is none.
    private int[] slots = [];
    private int count;

    public long Bytes => (long)slots.Length * sizeof(int);

    /// <summary>The row of an id; −1 when there is none.</summary>
    // Compiled at once, as below: a space is read at the first question, and every id of it passes here while nothing is optimised yet.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(in VectorId id)
    {
        if (count == 0)
        {
            return -1;
        }

        for (var slot = HomeOf(id); slots[slot] != 0; slot = After(slot))
        {
            var row = slots[slot] - 1;
            if (chunks[row / rowsOfChunk].HasId(row % rowsOfChunk, id))
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>There will be so many rows.</summary>
    public void Expect(int rows)
    {
        var length = rows / 2L * 3;
        if (length > slots.Length && length <= Array.MaxLength)
        {
            Resize((int)length);
        }
    }

    /// <summary>Makes room for one more row, before anything is changed: a row without its place could never be removed.</summary>
    public void MakeRoom()
    {
        if (count >= slots.Length / 4 * 3)
        {
            Resize(Math.Max(FewestSlots, slots.Length / 2 * 3));
        }
    }

    /// <summary>Takes in a row whose id is not here yet; there is room for it.</summary>
    public void Add(int row)
    {
        Place(row);
        count++;
    }

    /// <summary>Takes out a row, whose id must still stand in it.</summary>
    public void Remove(int row)
    {
        // Whatever stands behind it and nearer to its own place moves up, so that no search ends too early.
        var hole = SlotOf(row);
        for (var slot = After(hole); slots[slot] != 0; slot = After(slot))
        {
            if (Distance(HomeOf(IdOf(slots[slot] - 1)), slot) >= Distance(hole, slot))
            {
                (slots[hole], hole) = (slots[slot], slot);
            }
        }

        slots[hole] = 0;
        count--;
    }

    /// <summary>Gives room back that is not needed any more, after everything else.</summary>
    public void Shrink()
    {
        if (count < slots.Length / 5 && slots.Length > FewestSlots)
        {
            Resize(Math.Max(FewestSlots, slots.Length / 2));
        }
    }

    /// <summary>A row gets another number; its id must still stand in it.</summary>
    public void Move(int row, int newRow) => slots[SlotOf(row)] = newRow + 1;

    private VectorId IdOf(int row) => chunks[row / rowsOfChunk].IdOf(row % rowsOfChunk);

    private int HomeOf(in VectorId id) => (int)(((ulong)(uint)id.GetHashCode() * (uint)slots.Length) >> 32);

    private int After(int slot) => slot + 1 == slots.Length ? 0 : slot + 1;

    private int Distance(int from, int to) => to >= from ? to - from : to - from + slots.Length;

    private int SlotOf(int row)
    {
        var slot = HomeOf(IdOf(row));
        while (slots[slot] != row + 1)
        {
            slot = After(slot);
        }

        return slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(int row)
    {
        var slot = HomeOf(IdOf(row));
        while (slots[slot] != 0)
        {
            slot = After(slot);
        }

        slots[slot] = row + 1;
    }

    private void Resize(int length)
    {
        var former = slots;
        slots = newTable is null ? new int[length] : newTable(length);
        foreach (var entry in former)
        {
            if (entry != 0)
            {
                Place(entry - 1);
            }
        }
    }
}
