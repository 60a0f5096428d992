using System.Text.Json;
using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>What every metadata store must do. A provider is a class that says how to make an empty one.</summary>
public abstract partial class MemoryStoreSuite : IAsyncLifetime
{
    private IMemoryStore? store;

    internal IMemoryStore Store => store!;

    internal static MemoryScope Alice { get; } = new("alice");

    internal Rows Rows { get; } = new(Alice);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await CreateAsync();

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        switch (store)
        {
            case IAsyncDisposable asynchronous:
                await asynchronous.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }

    /// <summary>The operator's view of the store.</summary>
    private protected virtual IMemoryCatalog Catalog => (IMemoryCatalog)Store;

    /// <summary>False when the store writes the vectors into itself.</summary>
    protected virtual bool OwesVectors => true;

    /// <summary>A new, empty store.</summary>
    private protected abstract Task<IMemoryStore> CreateAsync();

    internal Task<CommitReceipt> CommitAsync(MemoryChanges changes) => Store.CommitAsync(Alice, changes, Token);

    /// <summary>Stores one of everything.</summary>
    internal async Task<Sample> CommitSampleAsync(Rows? rows = null)
    {
        var sample = (rows ?? Rows).Full();
        await Store.CommitAsync(sample.Rows.Scope, sample.Changes, Token);
        return sample;
    }

    /// <summary>Everything that a space shows, as text: two spaces or two moments are compared by it.</summary>
    internal async Task<string> DumpAsync(MemoryScope scope) =>
        await DumpRowsAsync(scope) + JsonSerializer.Serialize(
            (await Store.ListOwedVectorsAsync(scope, 100_000, Token)).Select(o => new { o.Collection, o.Id, Vector = o.Record?.Vector.ToArray() }));

    /// <summary>All rows of a space as text, in the order of the lists.</summary>
    internal async Task<string> DumpRowsAsync(MemoryScope scope) => JsonSerializer.Serialize(new object[]
    {
        await StorePaging.AllAsync((page, token) => Store.ListResourcesAsync(scope, page, token), Token).ToListAsync(Token),
        await StorePaging.AllAsync((page, token) => Store.ListPassagesAsync(scope, null, page, token), Token).ToListAsync(Token),
        await StorePaging.AllAsync((page, token) => Store.ListItemsAsync(scope, ItemFilter.All, page, token), Token).ToListAsync(Token),
        await StorePaging.AllAsync((page, token) => Store.ListCategoriesAsync(scope, page, token), Token).ToListAsync(Token),
        await StorePaging.AllAsync((page, token) => Store.ListLinksAsync(scope, page, token), Token).ToListAsync(Token),
        await StorePaging.AllAsync((page, token) => Store.ListHistoryAsync(scope, null, page, token), Token).ToListAsync(Token),
    });
}
