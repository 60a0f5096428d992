namespace MemU.Sql;

/// <summary>What of a space's debts was delivered, but stands in the database still.</summary>
/// <param name="Epoch">Of the space: in another one the sequences say nothing.</param>
/// <param name="Through">All debts up to this sequence were delivered.</param>
/// <param name="Count">How many they are.</param>
internal readonly record struct SettledDebt(long Epoch, long Through, int Count);
