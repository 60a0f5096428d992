using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MemU.Storage;

namespace MemU.Encryption;

/// <summary>The operator's view: that of the inner store, once the key is known to fit.</summary>
internal sealed partial class EncryptedMemoryStore : IMemoryCatalog, IDataPart, ICountsRoughly
{
    private readonly ConcurrentDictionary<MemoryScope, (SpaceVersion Version, long Characters)> characters = [];

    public string PartName => Part.PartName;

    public IReadOnlyList<string> Locations => Part.Locations;

    private IMemoryCatalog Catalog => (IMemoryCatalog)inner;

    private IDataPart Part => inner as IDataPart
        ?? throw EncryptionFault.Make("maintain", $"The provider '{inner.Provider}' of the metadata cannot be backed up, restored, reset or checked by MemU. Use the tools of that system.");

    /// <summary>Names of categories and lengths of texts are those of the plain text, which is read for it once for each revision.</summary>
    public async Task<SpaceStatistics> GetStatisticsAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var cipher = await keys.GetAsync(scope, cancellationToken);
        var version = await inner.GetVersionAsync(scope, cancellationToken);
        var statistics = await inner.GetStatisticsAsync(scope, cancellationToken);
        if (cipher is null || statistics.Passages + statistics.Items + statistics.Categories == 0)
        {
            return statistics;
        }

        if (!characters.TryGetValue(scope, out var counted) || counted.Version != version)
        {
            characters[scope] = counted = (version, await CountCharactersAsync(scope, cancellationToken));
        }

        return statistics with
        {
            TextCharacters = counted.Characters,
            ItemsByCategory = statistics.ItemsByCategory.Select(c => (Name: cipher.OpenCategoryName(c.Key), c.Value))
                .OrderBy(c => c.Name, StringComparer.Ordinal).ToDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal),
        };
    }

    public async Task<SpaceStatistics> CountRoughlyAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await inner.GetStatisticsAsync(scope, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await Catalog.MigrateAsync(cancellationToken);
    }

    public async IAsyncEnumerable<MemoryScope> ListSpacesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await foreach (var scope in Catalog.ListSpacesAsync(cancellationToken))
        {
            yield return scope;
        }
    }

    public async Task<IUndertaking> BeginReplacingAsync(string command, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await Catalog.BeginReplacingAsync(command, cancellationToken);
    }

    public async Task<IUndertaking> BeginAsync(MemoryScope scope, string command, string what, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await inner.BeginAsync(scope, command, what, cancellationToken);
    }

    public async Task<IAsyncDisposable> PauseWritesAsync(CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await Catalog.PauseWritesAsync(cancellationToken);
    }

    /// <summary>
    /// The key goes after the rows: stopped between the two, the same call completes it. A commit that came between was readable only until then, and goes too.
    /// </summary>
    public async Task<SpaceErasure> EraseAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        var erased = await inner.EraseAsync(scope, cancellationToken);
        await keys.DestroyKeyAsync(scope, cancellationToken);
        await inner.EraseAsync(scope, cancellationToken);
        return erased;
    }

    public async Task<long> GetErasureMarkAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await inner.GetErasureMarkAsync(scope, cancellationToken);
    }

    public async Task<bool> IsErasedSinceAsync(MemoryScope scope, long mark, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await inner.IsErasedSinceAsync(scope, mark, cancellationToken);
    }

    public async Task ScrubAsync(IReadOnlyCollection<MemoryScope> erased, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await Catalog.ScrubAsync(erased, cancellationToken);
    }

    public async IAsyncEnumerable<ErasureRecord> ListErasuresAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await foreach (var erasure in Catalog.ListErasuresAsync(cancellationToken))
        {
            yield return erasure;
        }
    }

    public async Task<IReadOnlySet<string>> ListKnownIdsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await Catalog.ListKnownIdsAsync(ids, cancellationToken);
    }

    public async Task<bool> HasDataAsync(CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await Part.HasDataAsync(cancellationToken);
    }

    public async Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await Part.BackUpAsync(folder, bytesCopied, cancellationToken);
    }

    public async Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await Part.RestoreAsync(folder, bytesCopied, cancellationToken);
    }

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await Part.ResetAsync(cancellationToken);
    }

    public async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await foreach (var finding in Part.CheckAsync(cancellationToken))
        {
            yield return finding;
        }
    }

    private async Task<long> CountCharactersAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var sum = 0L;
        await foreach (var passage in StorePaging.AllAsync((page, token) => ListPassagesAsync(scope, null, page, token), cancellationToken))
        {
            sum += passage.Length;
        }

        await foreach (var item in StorePaging.AllAsync((page, token) => ListItemsAsync(scope, ItemFilter.All, page, token), cancellationToken))
        {
            sum += item.Summary.Length;
        }

        return sum;
    }
}
