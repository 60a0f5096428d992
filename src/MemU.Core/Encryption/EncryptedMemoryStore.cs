using MemU.Storage;

namespace MemU.Encryption;

/// <summary>
/// Encrypts what another metadata store keeps, field by field. Its transactions, expectations, unique names and lookups work on the ciphertext. Vectors, which
/// it hands on as they are, are encrypted by the store itself. Thread-safe.
/// </summary>
internal sealed partial class EncryptedMemoryStore : IMemoryStore
{
    // A space may be erased and begun anew between reading its key and reading its rows.
    private const int Attempts = 3;

    private readonly IMemoryStore inner;
    private readonly SpaceKeys keys;

    public EncryptedMemoryStore(IMemoryStore inner, SpaceKeys keys)
    {
        this.inner = inner;
        this.keys = keys;
        keys.Watch(inner as IDataPart, HoldsAsync);
    }

    public string Provider => inner.Provider;

    public async Task<CommitReceipt> CommitAsync(MemoryScope scope, MemoryChanges changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var cipher = await keys.GetOrMakeAsync(scope, cancellationToken);
        var written = cipher.Seal(changes) with { Precondition = () => Check(cipher) };
        return await inner.CommitAsync(scope, written, cancellationToken);
    }

    public async Task<SpaceVersion> GetVersionAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var cipher = await keys.GetAsync(scope, cancellationToken);
        var version = await inner.GetVersionAsync(scope, cancellationToken);

        // Whoever holds something of the space in memory asks for its revision first.
        return cipher is null && version.Revision > 0 && await HoldsAsync(scope, cancellationToken) && await keys.GetAsync(scope, cancellationToken) is null
            ? throw EncryptionFault.NoSpaceKey(scope)
            : version;
    }

    public async Task<Resource?> GetResourceByUrlAsync(MemoryScope scope, string url, CancellationToken cancellationToken) =>
        await keys.GetAsync(scope, cancellationToken) is { } known
            ? await ReadAsync(scope, () => inner.GetResourceByUrlAsync(scope, known.SealUrl(url), cancellationToken), r => r is null, (c, r) => c.Open(r!), cancellationToken)
            : null;

    public Task<IReadOnlyList<Resource>> GetResourcesAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ReadAsync(scope, () => inner.GetResourcesAsync(scope, ids, cancellationToken), SealedRecords.Open, cancellationToken);

    public Task<IReadOnlyList<Passage>> GetPassagesAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ReadAsync(scope, () => inner.GetPassagesAsync(scope, ids, cancellationToken), SealedRecords.Open, cancellationToken);

    public Task<IReadOnlyList<MemoryItem>> GetItemsAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ReadAsync(scope, () => inner.GetItemsAsync(scope, ids, cancellationToken), SealedRecords.Open, cancellationToken);

    public Task<IReadOnlyList<MemoryCategory>> GetCategoriesAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ReadAsync(scope, () => inner.GetCategoriesAsync(scope, ids, cancellationToken), SealedRecords.Open, cancellationToken);

    public async Task<IReadOnlyList<MemoryItem>> GetItemsBySummaryAsync(MemoryScope scope, IReadOnlyCollection<string> summaries, CancellationToken cancellationToken) =>
        await keys.GetAsync(scope, cancellationToken) is { } known
            ? await ReadAsync(scope, () => inner.GetItemsBySummaryAsync(scope, [.. summaries.Select(known.SealItemSummary)], cancellationToken), SealedRecords.Open, cancellationToken)
            : [];

    public Task<Page<Resource>> ListResourcesAsync(MemoryScope scope, PageRequest page, CancellationToken cancellationToken) =>
        ReadAsync(scope, () => inner.ListResourcesAsync(scope, page, cancellationToken), SealedRecords.Open, cancellationToken);

    public Task<Page<Passage>> ListPassagesAsync(MemoryScope scope, string? resourceId, PageRequest page, CancellationToken cancellationToken) =>
        ReadAsync(scope, () => inner.ListPassagesAsync(scope, resourceId, page, cancellationToken), SealedRecords.Open, cancellationToken);

    public Task<Passage?> GetLastPassageAsync(MemoryScope scope, string resourceId, CancellationToken cancellationToken) =>
        ReadAsync(scope, () => inner.GetLastPassageAsync(scope, resourceId, cancellationToken), p => p is null, (c, p) => c.Open(p!), cancellationToken);

    public Task<Page<MemoryItem>> ListItemsAsync(MemoryScope scope, ItemFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        ReadAsync(scope, () => inner.ListItemsAsync(scope, filter, page, cancellationToken), SealedRecords.Open, cancellationToken);

    public Task<Page<MemoryCategory>> ListCategoriesAsync(MemoryScope scope, PageRequest page, CancellationToken cancellationToken) =>
        ReadAsync(scope, () => inner.ListCategoriesAsync(scope, page, cancellationToken), SealedRecords.Open, cancellationToken);

    public Task<Page<CategoryItem>> ListLinksAsync(MemoryScope scope, PageRequest page, CancellationToken cancellationToken) =>
        ReadAsync(scope, () => inner.ListLinksAsync(scope, page, cancellationToken), static (_, link) => link, cancellationToken);

    public Task<IReadOnlyList<CategoryItem>> GetLinksAsync(MemoryScope scope, IReadOnlyCollection<string> itemIds, CancellationToken cancellationToken) =>
        ReadAsync(scope, () => inner.GetLinksAsync(scope, itemIds, cancellationToken), static (_, link) => link, cancellationToken);

    public Task<Page<ItemRevision>> ListHistoryAsync(MemoryScope scope, string? itemId, PageRequest page, CancellationToken cancellationToken) =>
        ReadAsync(scope, () => inner.ListHistoryAsync(scope, itemId, page, cancellationToken), SealedRecords.Open, cancellationToken);

    public async Task<bool> OwesVectorsAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await inner.OwesVectorsAsync(scope, cancellationToken);
    }

    public async Task<IReadOnlyList<OwedVector>> ListOwedVectorsAsync(MemoryScope scope, int limit, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await inner.ListOwedVectorsAsync(scope, limit, cancellationToken);
    }

    public async Task<IReadOnlyList<EmbeddedText>> FindEmbeddedTextsAsync(
        MemoryScope scope, string model, IReadOnlyCollection<string> textHashes, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await inner.FindEmbeddedTextsAsync(scope, model, textHashes, cancellationToken);
    }

    public async Task ForgetDamagedTextsAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await inner.ForgetDamagedTextsAsync(scope, cancellationToken);
    }

    public async Task SettleOwedVectorsAsync(MemoryScope scope, IReadOnlyCollection<OwedVector> delivered, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await inner.SettleOwedVectorsAsync(scope, delivered, cancellationToken);
    }

    private async Task<bool> HoldsAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var s = await inner.GetStatisticsAsync(scope, cancellationToken);
        return s.Resources + s.Passages + s.Items + s.Categories + s.Links + s.History + s.OwedVectors > 0;
    }

    /// <summary>Asked inside the transaction: whoever erases the space holds back commits, so none of them can come after it with the key of before.</summary>
    private void Check(SpaceCipher cipher)
    {
        if (!keys.IsCurrent(cipher))
        {
            throw new ConcurrentChangeException($"The space of {cipher.Scope} was erased meanwhile. Read again and retry.");
        }
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(
        MemoryScope scope, Func<Task<IReadOnlyList<T>>> read, Func<SpaceCipher, T, T> open, CancellationToken cancellationToken) =>
        ReadAsync(scope, read, rows => rows.Count == 0, (cipher, rows) => [.. rows.Select(r => open(cipher, r))], cancellationToken);

    private Task<Page<T>> ReadAsync<T>(MemoryScope scope, Func<Task<Page<T>>> read, Func<SpaceCipher, T, T> open, CancellationToken cancellationToken) =>
        ReadAsync(scope, read, page => page.Items.Count == 0, (cipher, page) => page with { Items = [.. page.Items.Select(r => open(cipher, r))] }, cancellationToken);

    private async Task<T> ReadAsync<T>(
        MemoryScope scope, Func<Task<T>> read, Func<T, bool> isEmpty, Func<SpaceCipher, T, T> open, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await keys.GetAsync(scope, cancellationToken);
            var rows = await read();
            if (isEmpty(rows))
            {
                return rows;
            }

            // Another process may have begun the space between the two.
            var cipher = before ?? await keys.GetAsync(scope, cancellationToken) ?? throw EncryptionFault.NoSpaceKey(scope);
            try
            {
                return open(cipher, rows);
            }
            catch (MemoryStoreException) when (attempt < Attempts && !keys.IsCurrent(cipher))
            {
                // Rows of the new key.
            }
        }
    }
}
