using MemU.Retrieve.Lexical;

namespace MemU.Retrieve;

/// <summary>Puts records to the ids that were found.</summary>
internal static class Hits
{
    /// <summary>The records in the order of the hits, with their scores; what was deleted meanwhile is left out.</summary>
    public static IReadOnlyList<Scored<T>> With<T>(this IReadOnlyList<Scored<string>> hits, IEnumerable<T> records, Func<T, string> id)
    {
        var byId = records.ToDictionary(id, StringComparer.Ordinal);
        return [.. hits.Where(h => byId.ContainsKey(h.Value)).Select(h => new Scored<T>(byId[h.Value], h.Score))];
    }

    /// <summary>Ids of the hits.</summary>
    public static IReadOnlyList<string> Ids(this IReadOnlyList<Scored<string>> hits) => [.. hits.Select(h => h.Value)];

    /// <summary>Ids for numbers.</summary>
    public static IReadOnlyList<Scored<string>> WithIds(this IEnumerable<Scored<int>> hits, StringTable ids) =>
        [.. hits.Select(h => new Scored<string>(ids[h.Value], h.Score))];
}
