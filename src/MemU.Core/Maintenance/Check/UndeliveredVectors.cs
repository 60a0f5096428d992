using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>What a space owes to the index and the index does not hold. What stands there as owed may have been delivered: it is struck off later.</summary>
internal static class UndeliveredVectors
{
    public static async Task<IReadOnlyList<OwedVector>> ListAsync(IMemoryStore store, IVectorIndex index, MemoryScope scope, CancellationToken cancellationToken)
    {
        var owed = await store.ListOwedVectorsAsync(scope, int.MaxValue, cancellationToken);
        List<OwedVector> undelivered = [];
        foreach (var collection in owed.GroupBy(o => o.Collection, StringComparer.Ordinal))
        {
            var last = collection.GroupBy(o => o.Id, StringComparer.Ordinal).Select(g => g.MaxBy(o => o.Sequence)!).ToList();
            var held = (await index.GetAsync(scope, collection.Key, [.. last.Select(o => o.Id)], cancellationToken)).ToDictionary(v => v.Id, StringComparer.Ordinal);
            undelivered.AddRange(last.Where(o => o.Record is { } record
                ? !(held.TryGetValue(o.Id, out var vector) && SameVector.Is(vector, record))
                : held.ContainsKey(o.Id)));
        }

        return undelivered;
    }
}
