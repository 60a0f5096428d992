using System.Globalization;
using MemU.Storage;

namespace MemU.InMemory;

/// <summary>Counts what a space holds.</summary>
internal static class InMemoryStatistics
{
    public static SpaceStatistics Of(MemoryScope scope, InMemorySpace space) => new()
    {
        Scope = scope,
        Resources = space.Resources.Count,
        Passages = space.Passages.Count,
        Items = space.Items.Count,
        Categories = space.Categories.Count,
        Links = space.Links.Count,
        History = space.History.Count,
        OwedVectors = space.Owed.Count,
        ResourceBytes = space.Resources.Values.Sum(r => r.Size),
        TextCharacters = space.Passages.Values.Sum(p => (long)p.Text.Length) + space.Items.Values.Sum(i => (long)i.Summary.Length),
        ItemsByType = Count(space.Items.Values, i => i.MemoryType),
        ResourcesByModality = Count(space.Resources.Values, r => r.Modality.Name),
        ItemsByCategory = Count(space.Links, l => space.Categories[l.To].Name),
        ItemsByDay = Count(space.Items.Values, i => i.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
    };

    private static SortedDictionary<string, long> Count<T>(IEnumerable<T> rows, Func<T, string> by)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            counts[by(row)] = counts.GetValueOrDefault(by(row)) + 1;
        }

        return counts;
    }
}
