using MemU.Storage;

namespace MemU.Sql;

/// <summary>
/// Remembers for this process which debts were delivered, so that they are struck off in the database many at once: each by itself would cost a second
/// transaction a commit. Thread-safe.
/// </summary>
internal sealed class SettledDebts
{
    /// <summary>So many rows of a space may stay, to be written over.</summary>
    public const int MostRows = 64;

    private readonly Lock guard = new();
    private readonly Dictionary<MemoryScope, SettledDebt> spaces = [];

    /// <summary>True when so many are noted that some should be struck off.</summary>
    public bool AreMany
    {
        get
        {
            lock (guard)
            {
                return spaces.Values.Sum(d => d.Rows) > MostRows;
            }
        }
    }

    /// <summary>What was delivered of a space; the default when all that stands there is owed.</summary>
    public SettledDebt Of(MemoryScope scope)
    {
        lock (guard)
        {
            return spaces.GetValueOrDefault(scope);
        }
    }

    /// <summary>
    /// What was delivered of a space, when the next commit to it should strike it off: when it is so much, since what that writes takes the same room, and when
    /// that removes something, whose words would stay among it.
    /// </summary>
    public SettledDebt? ToStrikeOff(MemoryScope scope, bool removes) => Of(scope) is var debt && (removes || debt.Count > MostRows) ? debt : null;

    /// <summary>Notes debts of a space that were delivered just now.</summary>
    public void Note(MemoryScope scope, IReadOnlyCollection<OwedVector> delivered)
    {
        var last = delivered.MaxBy(o => o.Sequence)!;
        lock (guard)
        {
            var before = spaces.GetValueOrDefault(scope);
            spaces[scope] = before.Epoch == last.Epoch
                ? before with { Through = Math.Max(before.Through, last.Sequence), Count = before.Count + delivered.Count }
                : new SettledDebt(last.Epoch, last.Sequence, delivered.Count);
        }
    }

    /// <summary>The space with the most rows to remove; null when there is none.</summary>
    public (MemoryScope Scope, SettledDebt Debt)? Largest()
    {
        lock (guard)
        {
            return spaces.Count == 0 ? null : spaces.MaxBy(s => s.Value.Rows) is var (scope, debt) ? (scope, debt) : null;
        }
    }

    /// <summary>These were struck off, and this many of their rows stand there yet. What was noted meanwhile stays noted.</summary>
    public void OnStruckOff(MemoryScope scope, SettledDebt debt, int kept)
    {
        lock (guard)
        {
            if (!spaces.TryGetValue(scope, out var now) || now.Epoch != debt.Epoch)
            {
                return;
            }

            if (now == debt && kept == 0)
            {
                spaces.Remove(scope);
            }
            else
            {
                spaces[scope] = now with { Count = Math.Max(now == debt ? 0 : 1, now.Count - debt.Count), Kept = kept };
            }
        }
    }

    /// <summary>The debts of the space are gone.</summary>
    public void Forget(MemoryScope scope)
    {
        lock (guard)
        {
            spaces.Remove(scope);
        }
    }
}
