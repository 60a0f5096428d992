using System.Collections.Immutable;

namespace MemU.InMemory;

/// <summary>Reads stretches of sorted sets without walking what lies before them.</summary>
internal static class SortedScan
{
    /// <summary>Entries at or after a place, ascending.</summary>
    public static IEnumerable<T> From<T>(this ImmutableSortedSet<T> set, T place)
    {
        for (var i = set.FirstAtOrAfter(place); i < set.Count; i++)
        {
            yield return set[i];
        }
    }

    /// <summary>Entries after a place, ascending.</summary>
    public static IEnumerable<T> After<T>(this ImmutableSortedSet<T> set, T place) =>
        set.From(place).SkipWhile(entry => set.KeyComparer.Compare(entry, place) == 0);

    /// <summary>Entries before a place, descending.</summary>
    public static IEnumerable<T> Before<T>(this ImmutableSortedSet<T> set, T place)
    {
        for (var i = set.FirstAtOrAfter(place) - 1; i >= 0; i--)
        {
            yield return set[i];
        }
    }

    /// <summary>What this key leads to, ascending.</summary>
    public static IEnumerable<string> Of(this ImmutableSortedSet<Pair> set, string key) =>
        set.From(new Pair(key, string.Empty)).TakeWhile(p => p.From == key).Select(p => p.To);

    /// <summary>What this key leads to, descending, and before a place.</summary>
    public static IEnumerable<string> Before(this ImmutableSortedSet<Pair> set, string key, string? place)
    {
        // The first key after this one in ordinal order is this one with a NUL added.
        var end = place is null ? new Pair(key + '\0', string.Empty) : new Pair(key, place);
        return set.Before(end).TakeWhile(p => p.From == key).Select(p => p.To);
    }

    /// <summary>What this key leads to, ascending, and after a place.</summary>
    public static IEnumerable<string> After(this ImmutableSortedSet<Pair> set, string key, string? place) =>
        place is null ? set.Of(key) : set.After(new Pair(key, place)).TakeWhile(p => p.From == key).Select(p => p.To);

    private static int FirstAtOrAfter<T>(this ImmutableSortedSet<T> set, T place)
    {
        var i = set.IndexOf(place);
        return i < 0 ? ~i : i;
    }
}
