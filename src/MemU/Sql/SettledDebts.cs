using MemU.Storage;

namespace MemU.Sql;

/// <summary>
/// Remembers for this process which debts were delivered, so that they are struck off in the database many at once: each by itself would cost a second
/// transaction a commit. Thread-safe.
/// </summary>
internal sealed class SettledDebts
{
    // What stands in the database after a process died is read, and compared with the index, by the next one.
    private const int Most = 64;

    private readonly Lock guard = new();
    private readonly Dictionary<MemoryScope, (SettledDebt Debt, Func<CancellationToken, Task> Keep)> spaces = [];

    /// <summary>What was delivered of a space; the default when all that stands there is owed.</summary>
    public SettledDebt Of(MemoryScope scope)
    {
        lock (guard)
        {
            return spaces.GetValueOrDefault(scope).Debt;
        }
    }

    /// <summary>Notes debts of a space that were delivered just now.</summary>
    /// <returns>True when so many are noted that some should be struck off.</returns>
    public bool Note(MemoryScope scope, IReadOnlyCollection<OwedVector> delivered, Func<CancellationToken, Task> keep)
    {
        var last = delivered.MaxBy(o => o.Sequence)!;
        lock (guard)
        {
            var before = spaces.GetValueOrDefault(scope).Debt;
            var added = new SettledDebt(last.Epoch, last.Sequence, delivered.Count);
            spaces[scope] = before.Epoch == last.Epoch
                ? (new SettledDebt(last.Epoch, Math.Max(before.Through, last.Sequence), before.Count + delivered.Count), keep)
                : (added, keep);
            return spaces.Values.Sum(s => s.Debt.Count) > Most;
        }
    }

    /// <summary>The space with the most debts to strike off, and what makes sure that its index keeps what was delivered; null when there is none.</summary>
    public (MemoryScope Scope, SettledDebt Debt, Func<CancellationToken, Task> Keep)? Largest()
    {
        lock (guard)
        {
            return spaces.Count == 0 ? null : spaces.MaxBy(s => s.Value.Debt.Count) is var (scope, (debt, keep)) ? (scope, debt, keep) : null;
        }
    }

    /// <summary>These were struck off. What was noted meanwhile stays noted.</summary>
    public void OnStruckOff(MemoryScope scope, SettledDebt debt)
    {
        lock (guard)
        {
            if (spaces.TryGetValue(scope, out var now) && now.Debt.Epoch == debt.Epoch)
            {
                if (now.Debt.Through == debt.Through)
                {
                    spaces.Remove(scope);
                }
                else
                {
                    spaces[scope] = (now.Debt with { Count = Math.Max(0, now.Debt.Count - debt.Count) }, now.Keep);
                }
            }
        }
    }

    /// <summary>The debts of the space are gone, or have to be looked at again.</summary>
    public void Forget(MemoryScope scope)
    {
        lock (guard)
        {
            spaces.Remove(scope);
        }
    }
}
