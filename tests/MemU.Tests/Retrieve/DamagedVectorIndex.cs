using MemU.Vectors;

namespace MemU.Tests.Retrieve;

/// <summary>An index whose file takes writes but cannot be read.</summary>
internal sealed class DamagedVectorIndex : IVectorIndex
{
    public string Provider => "damaged";

    public bool IsPartOfStore => false;

    public Task EnsureUsableAsync(MemoryScope scope, CancellationToken cancellationToken) => Task.FromException(Damaged("open"));

    public Task ApplyAsync(MemoryScope scope, VectorChanges changes, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken) => Task.FromException<long>(Damaged("erase"));

    public Task<IReadOnlyList<VectorRecord>> GetAsync(
        MemoryScope scope, string collection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Task.FromException<IReadOnlyList<VectorRecord>>(Damaged("get"));

    public Task<VectorHits> QueryAsync(MemoryScope scope, VectorQuery query, CancellationToken cancellationToken) =>
        Task.FromException<VectorHits>(Damaged("query"));

    public IAsyncEnumerable<VectorRecord> ListAsync(MemoryScope scope, string collection, CancellationToken cancellationToken) => throw Damaged("list");

    private static MemoryStoreException Damaged(string operation) => new("The file is damaged.") { Provider = "damaged", Operation = operation };
}
