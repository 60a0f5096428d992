using System.Runtime.CompilerServices;
using MemU.Storage;

namespace MemU.InMemory;

/// <summary>Erasing spaces. What is dropped here is gone with the next garbage collection; there is no file to clean.</summary>
internal sealed partial class InMemoryStore
{
    public async Task<SpaceErasure> EraseAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await writing.WaitAsync(cancellationToken);
        try
        {
            var now = state with { ErasureMark = state.ErasureMark + 1 };
            now = now with { ErasedAt = now.ErasedAt.SetItem(scope, now.ErasureMark) };
            if (!now.Spaces.TryGetValue(scope, out var space))
            {
                state = now;
                return new SpaceErasure();
            }

            var owners = new RowOwners(now.Owners);
            foreach (var (table, id) in space.RowIds)
            {
                owners.Release(table, id);
            }

            var prints = space.RowIds.Select(row => ErasureRecord.FingerprintOf(System.Text.Encoding.UTF8.GetBytes(row.Id))).ToHashSet();
            var vectors = ownVectors is null ? space.Owed.Count : await ownVectors.EraseAsync(scope, CancellationToken.None);
            state = now with
            {
                Spaces = now.Spaces.Remove(scope),
                Owners = owners.ToImmutable(),
                Erasures = prints.Count == 0 ? now.Erasures : now.Erasures.Add(new ErasureRecord(scope.Key, time.GetUtcNow(), prints)),
            };
            return new SpaceErasure
            {
                Resources = space.Resources.Count,
                Passages = space.Passages.Count,
                Items = space.Items.Count,
                Categories = space.Categories.Count,
                Links = space.Links.Count,
                History = space.History.Count,
                Vectors = vectors,
            };
        }
        finally
        {
            writing.Release();
        }
    }

    public Task<long> GetErasureMarkAsync(MemoryScope scope, CancellationToken cancellationToken) => Read(scope, _ => state.ErasureMark, cancellationToken);

    public Task<bool> IsErasedSinceAsync(MemoryScope scope, long mark, CancellationToken cancellationToken) =>
        Read(scope, _ => state.IsErasedSince(scope, mark), cancellationToken);

    public Task ScrubAsync(IReadOnlyCollection<MemoryScope> erased, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;

    public async IAsyncEnumerable<ErasureRecord> ListErasuresAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var erasure in state.Erasures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return erasure;
        }
    }

    public Task<IReadOnlySet<string>> ListKnownIdsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var known = state.Spaces.Values.SelectMany(s => s.RowIds).Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        known.IntersectWith(ids);
        return Task.FromResult<IReadOnlySet<string>>(known);
    }
}
