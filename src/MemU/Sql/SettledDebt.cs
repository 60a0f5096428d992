namespace MemU.Sql;

/// <summary>What of a space's debts was delivered, but stands in the database still.</summary>
/// <param name="Epoch">Of the space: in another one the sequences say nothing.</param>
/// <param name="Through">All debts up to this sequence were delivered.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Kept">How many rows of debts that were struck off stand there yet, to be written over.</param>
internal readonly record struct SettledDebt(long Epoch, long Through, int Count, int Kept = 0)
{
    /// <summary>About how many rows could be removed.</summary>
    public int Rows => Math.Max(Count, Kept);

    /// <summary>Up to which debt all were delivered, in an epoch of the space; 0 when nothing is known of it.</summary>
    public long ThroughIn(long epoch) => Epoch == epoch ? Through : 0;
}
