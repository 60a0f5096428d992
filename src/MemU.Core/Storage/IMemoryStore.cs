namespace MemU.Storage;

/// <summary>
/// The port to the metadata: the truth about every space. Implementations are thread-safe, and safe for several processes where the
/// medium can be shared. Every method sees and touches only the rows of the scope it is given.
/// </summary>
/// <remarks>
/// Reads by id return what exists in the space, in the order of the ids asked for; unknown ids and ids of other spaces are left out.
/// Lists are in descending order of id (newest first), except passages: ascending by resource and position.
/// Errors of the medium are <see cref="MemoryStoreException"/>.
/// </remarks>
public interface IMemoryStore
{
    /// <summary>The provider's name, as in the settings: <c>memory</c>, <c>sqlite</c>.</summary>
    string Provider { get; }

    /// <summary>
    /// Applies all changes in one transaction, or none. Applying the same additions twice changes nothing the second time. The space comes
    /// into being with its first commit.
    /// </summary>
    /// <exception cref="ConcurrentChangeException">
    /// An expectation no longer holds, or a name or url that must be unique was taken meanwhile. Nothing was written.
    /// </exception>
    /// <exception cref="SpaceErasedException">The space was erased since <see cref="MemoryChanges.NotErasedSince"/>. Nothing was written.</exception>
    /// <exception cref="ArgumentException">A record carries another scope, or a link names a row that is not in this space.</exception>
    Task<CommitReceipt> CommitAsync(MemoryScope scope, MemoryChanges changes, CancellationToken cancellationToken);

    /// <summary>The version of the space; the default before the first commit. For caches. Writes of the Python code do not move it.</summary>
    Task<SpaceVersion> GetVersionAsync(MemoryScope scope, CancellationToken cancellationToken);

    /// <summary>The resource with this url, or null.</summary>
    Task<Resource?> GetResourceByUrlAsync(MemoryScope scope, string url, CancellationToken cancellationToken);

    /// <summary>Resources by id.</summary>
    Task<IReadOnlyList<Resource>> GetResourcesAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Passages by id.</summary>
    Task<IReadOnlyList<Passage>> GetPassagesAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Items by id.</summary>
    Task<IReadOnlyList<MemoryItem>> GetItemsAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Categories by id.</summary>
    Task<IReadOnlyList<MemoryCategory>> GetCategoriesAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Items whose summary is exactly one of these texts.</summary>
    Task<IReadOnlyList<MemoryItem>> GetItemsBySummaryAsync(MemoryScope scope, IReadOnlyCollection<string> summaries, CancellationToken cancellationToken);

    /// <summary>A page of resources.</summary>
    Task<Page<Resource>> ListResourcesAsync(MemoryScope scope, PageRequest page, CancellationToken cancellationToken);

    /// <summary>A page of passages, of one resource or (null) of all.</summary>
    Task<Page<Passage>> ListPassagesAsync(MemoryScope scope, string? resourceId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>The passage of this resource with the highest position, or null: where an appended passage goes on.</summary>
    Task<Passage?> GetLastPassageAsync(MemoryScope scope, string resourceId, CancellationToken cancellationToken);

    /// <summary>A page of items that fit the filter.</summary>
    Task<Page<MemoryItem>> ListItemsAsync(MemoryScope scope, ItemFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>A page of categories.</summary>
    Task<Page<MemoryCategory>> ListCategoriesAsync(MemoryScope scope, PageRequest page, CancellationToken cancellationToken);

    /// <summary>A page of links, ordered by item and category.</summary>
    Task<Page<CategoryItem>> ListLinksAsync(MemoryScope scope, PageRequest page, CancellationToken cancellationToken);

    /// <summary>The links of these items.</summary>
    Task<IReadOnlyList<CategoryItem>> GetLinksAsync(MemoryScope scope, IReadOnlyCollection<string> itemIds, CancellationToken cancellationToken);

    /// <summary>A page of the history, of one item or (null) of all.</summary>
    Task<Page<ItemRevision>> ListHistoryAsync(MemoryScope scope, string? itemId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>True when vectors are owed.</summary>
    Task<bool> OwesVectorsAsync(MemoryScope scope, CancellationToken cancellationToken);

    /// <summary>
    /// The oldest owed vectors, in the order of their commits, which is that of their sequences. When more is owed than is listed, those are left out of whose record
    /// something newer is owed: what is delivered first must not come over what somebody else has delivered already.
    /// </summary>
    Task<IReadOnlyList<OwedVector>> ListOwedVectorsAsync(MemoryScope scope, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets what is owed up to the last of these, which the index has confirmed: whoever asks this store is not told of it any more. It may be written down
    /// later, many at once; until then another process is told of it and may deliver it once more.
    /// </summary>
    /// <param name="scope">The space.</param>
    /// <param name="delivered">What was listed, from the oldest on; empty to have written down what should be by now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task SettleOwedVectorsAsync(MemoryScope scope, IReadOnlyCollection<OwedVector> delivered, CancellationToken cancellationToken);

    /// <summary>
    /// Removes everything of the space, its history and what it owes included, in one transaction, and records the erasure. Idempotent; a space that held
    /// nothing leaves no record to list, but its mark moves all the same. <see cref="IMemoryCatalog.ScrubAsync"/> then takes what was removed out of the files.
    /// </summary>
    Task<SpaceErasure> EraseAsync(MemoryScope scope, CancellationToken cancellationToken);

    /// <summary>
    /// Where the store is in the order of its erasures, of whichever space. Whoever begins work on a space takes it first and commits with it
    /// (<see cref="MemoryChanges.NotErasedSince"/>): then nothing that began before an erasure is written after it.
    /// </summary>
    Task<long> GetErasureMarkAsync(MemoryScope scope, CancellationToken cancellationToken);

    /// <summary>True when this space was erased after the mark was taken, or the data replaced by others.</summary>
    Task<bool> IsErasedSinceAsync(MemoryScope scope, long mark, CancellationToken cancellationToken);

    /// <summary>
    /// What this model has embedded of these texts, by <see cref="EmbeddedText.HashOf"/>; a text may be there several times. Every commit that writes a
    /// vector remembers it, and forgets what models made of its record's former words; what is removed is forgotten.
    /// </summary>
    Task<IReadOnlyList<EmbeddedText>> FindEmbeddedTextsAsync(
        MemoryScope scope, string model, IReadOnlyCollection<string> textHashes, CancellationToken cancellationToken);

    /// <summary>Forgets what was embedded where the record of it is damaged: all that is lost is that those texts would be embedded again. What the check tells of is gone then.</summary>
    Task ForgetDamagedTextsAsync(MemoryScope scope, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Counts and sizes; all zero for a space that does not exist.</summary>
    Task<SpaceStatistics> GetStatisticsAsync(MemoryScope scope, CancellationToken cancellationToken);

    /// <summary>Begins work on a space that takes several commits. When it is cut short the check of the store says so; the space can be used all the same.</summary>
    /// <param name="scope">The space.</param>
    /// <param name="command">The command line that does, and again completes, the work.</param>
    /// <param name="what">The work in words; the same words are the same work.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IUndertaking> BeginAsync(MemoryScope scope, string command, string what, CancellationToken cancellationToken) =>
        Task.FromResult<IUndertaking>(new UnrecordedUndertaking());
}
