using MemU.Storage;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>What a commit must be before anything is written: of one space, and whole.</summary>
internal static class SqlRules
{
    /// <exception cref="ArgumentException">A record carries another scope, has no id, or holds a vector that could not be stored.</exception>
    public static void Check(MemoryScope scope, MemoryChanges changes)
    {
        ArgumentNullException.ThrowIfNull(scope);
        Check(scope, "resource", changes.Resources, w => w.Resource.Scope, w => w.Resource.Id);
        Check(scope, "passage", changes.Passages, p => p.Scope, p => p.Id);
        Check(scope, "category", changes.Categories, c => c.Scope, c => c.Id);
        Check(scope, "item", changes.Items, i => i.Scope, i => i.Id);
        Check(scope, "link", changes.Links, l => l.Scope, l => l.ItemId);
        Check(scope, "link", changes.RemovedLinks, l => l.Scope, l => l.ItemId);
        Check(scope, "revision", changes.History, h => h.Scope, h => h.Id);
        VectorRules.Check(new VectorChanges { Removed = changes.RemovedVectors, Upserted = changes.Vectors });
    }

    /// <summary>The scope, or null when no scope can have these ids.</summary>
    public static MemoryScope? TryMake(string tenant, string user, string agent)
    {
        try
        {
            return new MemoryScope(user, agent, tenant);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void Check<T>(MemoryScope scope, string kind, IReadOnlyList<T> records, Func<T, MemoryScope> scopeOf, Func<T, string> id)
    {
        foreach (var record in records)
        {
            if (scopeOf(record) != scope)
            {
                throw new ArgumentException($"The {kind} '{id(record)}' belongs to another space than {scope}. Commit each space by itself.");
            }

            if (string.IsNullOrEmpty(id(record)))
            {
                throw new ArgumentException($"A {kind} has no id. Give each record an id of its own.");
            }
        }
    }
}
