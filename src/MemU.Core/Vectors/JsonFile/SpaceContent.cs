namespace MemU.Vectors;

/// <summary>What a vector file holds of one collection of one space, for the operator.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Scope">The space; null for entries whose space cannot be.</param>
/// <param name="Dimensions">Of each vector.</param>
internal sealed record SpaceContent(string Collection, MemoryScope? Scope, IReadOnlyList<int> Dimensions)
{
    /// <summary>Everything in a file.</summary>
    public static IEnumerable<SpaceContent> Of(VectorFileState state)
    {
        var changed = state.Overlay.Changed.ToHashSet();
        var sidecar = state.Snapshot.Sidecar;
        foreach (var segment in sidecar.Segments())
        {
            var (collection, scope) = SidecarHead.Read(sidecar, segment.Head);
            if (scope is null || !changed.Contains((scope, collection)))
            {
                yield return new SpaceContent(collection, scope, [.. sidecar.EntriesOf(segment).Select(e => e.Dimensions)]);
            }
        }

        foreach (var (scope, collection) in changed)
        {
            var last = state.Overlay.LastOf(scope, collection);
            yield return new SpaceContent(
                collection,
                scope,
                [
                    .. state.EntriesBelow(scope, collection, last).Select(e => e.Entry.Dimensions),
                    .. last.Values.Where(c => !c.IsRemoval).Select(c => EntryBytes.Dimensions(c.Vector.Length)),
                ]);
        }
    }
}
