using MemU.Storage;
using MemU.Vectors;

namespace MemU.Commit;

/// <summary>What a space owes to the index and the index does not hold. What stands there as owed may have been delivered: it is struck off later.</summary>
internal static class UndeliveredVectors
{
    // Who cannot deliver it looks at so much of it with each question.
    private const int Few = 1000;

    public static async Task<IReadOnlyList<OwedVector>> ListAsync(
        IMemoryStore store, IVectorIndex index, MemoryScope scope, CancellationToken cancellationToken) =>
        await ListAsync(index, scope, await store.ListOwedVectorsAsync(scope, int.MaxValue, cancellationToken), cancellationToken);

    /// <summary>True when little stands there as owed, and the index holds it.</summary>
    public static async Task<bool> AreNoneAsync(IMemoryStore store, IVectorIndex index, MemoryScope scope, CancellationToken cancellationToken) =>
        await store.ListOwedVectorsAsync(scope, Few, cancellationToken) is { Count: < Few } owed
        && (await ListAsync(index, scope, owed, cancellationToken)).Count == 0;

    private static async Task<IReadOnlyList<OwedVector>> ListAsync(
        IVectorIndex index, MemoryScope scope, IReadOnlyList<OwedVector> owed, CancellationToken cancellationToken)
    {
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
