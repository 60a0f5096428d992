using MemU.Edit;
using MemU.Maintenance;
using MemU.Memorize;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Retrieve;
using MemU.Storage;
using Microsoft.Extensions.AI;

namespace MemU;

/// <summary>
/// The memory of one user and one agent. A cheap handle: opening one reads nothing, and nothing has to be closed. Thread-safe.
/// Ids of other spaces do not exist here.
/// </summary>
public sealed class MemorySpace
{
    private readonly SpaceFlows flows;

    internal MemorySpace(MemoryScope scope, SpaceFlows flows)
    {
        Scope = scope;
        this.flows = flows;
    }

    /// <summary>Whose memory this is.</summary>
    public MemoryScope Scope { get; }

    /// <summary>Memorizes a source. The same content again adds nothing; changed content of the same source replaces its items.</summary>
    /// <param name="source">What to memorize.</param>
    /// <param name="modality">What kind of source it is; null to guess from name and content.</param>
    /// <param name="options">How; null for the host's defaults.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="cancellationToken">Cancels; nothing is stored then.</param>
    /// <exception cref="ResourceException">The source cannot be fetched or read.</exception>
    /// <exception cref="ReasonerException">A model failed.</exception>
    /// <exception cref="MemoryStoreException">The store failed.</exception>
    /// <exception cref="SpaceErasedException">The space was erased while this was at work.</exception>
    public Task<MemorizeResult> MemorizeAsync(
        ResourceRef source, Modality? modality = null, MemorizeOptions? options = null,
        IProgress<MemorizeProgress>? progress = null, CancellationToken cancellationToken = default) =>
        flows.Memorize.RunAsync(Scope, source, modality, options, progress, accepted: null, cancellationToken);

    /// <summary>Where the store is in the order of its erasures: what is accepted now is memorized only if the space was not erased since.</summary>
    internal Task<long> GetErasureMarkAsync(CancellationToken cancellationToken) => flows.Store.GetErasureMarkAsync(Scope, cancellationToken);

    /// <summary>True when this space was erased after the mark was taken.</summary>
    internal Task<bool> IsErasedSinceAsync(long mark, CancellationToken cancellationToken) => flows.Store.IsErasedSinceAsync(Scope, mark, cancellationToken);

    /// <summary>Memorizes what was accepted earlier.</summary>
    /// <exception cref="SpaceErasedException">The space was erased since.</exception>
    internal Task<MemorizeResult> MemorizeAcceptedAsync(
        ResourceRef source, Modality? modality, long? accepted, IProgress<MemorizeProgress> progress, CancellationToken cancellationToken) =>
        flows.Memorize.RunAsync(Scope, source, modality, options: null, progress, accepted, cancellationToken);

    /// <summary>Memorizes messages of a conversation.</summary>
    public Task<MemorizeResult> MemorizeAsync(
        IEnumerable<ChatMessage> messages, string? name = null, MemorizeOptions? options = null,
        IProgress<MemorizeProgress>? progress = null, CancellationToken cancellationToken = default) =>
        MemorizeAsync(ResourceRef.Messages(messages, name), Modality.Conversation, options, progress, cancellationToken);

    /// <summary>Memorizes many sources, each with its own commit. One that fails does not stop the others.</summary>
    public Task<IReadOnlyList<BatchEntry>> MemorizeManyAsync(
        IEnumerable<SourceToMemorize> sources, MemorizeOptions? options = null,
        IProgress<MemorizeProgress>? progress = null, CancellationToken cancellationToken = default) =>
        flows.Memorize.RunManyAsync(Scope, sources, options, progress, cancellationToken);

    /// <summary>Finds the memories that answer a question.</summary>
    /// <exception cref="ArgumentException">The question is blank.</exception>
    public Task<RetrieveResult> RetrieveAsync(string question, RetrieveOptions? options = null, CancellationToken cancellationToken = default) =>
        flows.Retrieve.RunAsync(Scope, [new ContextMessage("user", question)], options, cancellationToken);

    /// <summary>Finds the memories that answer the last message; the ones before it are its context.</summary>
    /// <exception cref="ArgumentException">There is no message, or the last one has no text.</exception>
    public Task<RetrieveResult> RetrieveAsync(
        IEnumerable<ChatMessage> messages, RetrieveOptions? options = null, CancellationToken cancellationToken = default) =>
        flows.Retrieve.RunAsync(Scope, [.. (messages ?? []).Select(m => new ContextMessage(m.Role.Value, m.Text))], options, cancellationToken);

    /// <summary>The resource, or null.</summary>
    public async Task<Resource?> GetResourceAsync(string id, CancellationToken cancellationToken = default) =>
        (await flows.Store.GetResourcesAsync(Scope, [id], cancellationToken)).SingleOrDefault();

    /// <summary>The passage, or null.</summary>
    public async Task<Passage?> GetPassageAsync(string id, CancellationToken cancellationToken = default) =>
        (await flows.Store.GetPassagesAsync(Scope, [id], cancellationToken)).SingleOrDefault();

    /// <summary>The item, or null.</summary>
    public async Task<MemoryItem?> GetItemAsync(string id, CancellationToken cancellationToken = default) =>
        (await flows.Store.GetItemsAsync(Scope, [id], cancellationToken)).SingleOrDefault();

    /// <summary>The category, or null.</summary>
    public async Task<MemoryCategory?> GetCategoryAsync(string id, CancellationToken cancellationToken = default) =>
        (await flows.Store.GetCategoriesAsync(Scope, [id], cancellationToken)).SingleOrDefault();

    /// <summary>The categories on whose pages the item stands.</summary>
    public async Task<IReadOnlyList<MemoryCategory>> GetCategoriesOfItemAsync(string itemId, CancellationToken cancellationToken = default) =>
        await flows.Store.GetCategoriesAsync(
            Scope, [.. (await flows.Store.GetLinksAsync(Scope, [itemId], cancellationToken)).Select(l => l.CategoryId)], cancellationToken);

    /// <summary>A page of resources, newest first.</summary>
    public Task<Page<Resource>> ListResourcesAsync(PageRequest? page = null, CancellationToken cancellationToken = default) =>
        flows.Store.ListResourcesAsync(Scope, page ?? PageRequest.First, cancellationToken);

    /// <summary>A page of passages in their order, of one resource or (null) of all.</summary>
    public Task<Page<Passage>> ListPassagesAsync(string? resourceId = null, PageRequest? page = null, CancellationToken cancellationToken = default) =>
        flows.Store.ListPassagesAsync(Scope, resourceId, page ?? PageRequest.First, cancellationToken);

    /// <summary>A page of items, newest first.</summary>
    public Task<Page<MemoryItem>> ListItemsAsync(ItemFilter? filter = null, PageRequest? page = null, CancellationToken cancellationToken = default) =>
        flows.Store.ListItemsAsync(Scope, filter ?? ItemFilter.All, page ?? PageRequest.First, cancellationToken);

    /// <summary>A page of categories, newest first.</summary>
    public Task<Page<MemoryCategory>> ListCategoriesAsync(PageRequest? page = null, CancellationToken cancellationToken = default) =>
        flows.Store.ListCategoriesAsync(Scope, page ?? PageRequest.First, cancellationToken);

    /// <summary>A page of what items said before they were replaced or edited, newest first.</summary>
    public Task<Page<ItemRevision>> ListHistoryAsync(string? itemId = null, PageRequest? page = null, CancellationToken cancellationToken = default) =>
        flows.Store.ListHistoryAsync(Scope, itemId, page ?? PageRequest.First, cancellationToken);

    /// <summary>The kept bytes of a resource; null when none are kept.</summary>
    public async Task<Stream?> OpenContentAsync(Resource resource, CancellationToken cancellationToken = default) =>
        resource.LocalPath.Length == 0 ? null : await flows.Blobs.OpenAsync(Scope, resource.LocalPath, cancellationToken);

    /// <summary>Adds an item by hand. Its words are kept as a passage too, so that it is its own evidence.</summary>
    public Task<MemoryItem> CreateItemAsync(NewItem item, CancellationToken cancellationToken = default) =>
        flows.Editor.CreateItemAsync(Scope, item, cancellationToken);

    /// <summary>Changes an item by hand; what it said before is kept in the history.</summary>
    /// <exception cref="MemoryNotFoundException">There is no such item.</exception>
    public Task<MemoryItem> UpdateItemAsync(string id, ItemEdit edit, CancellationToken cancellationToken = default) =>
        flows.Editor.UpdateItemAsync(Scope, id, edit, cancellationToken);

    /// <summary>Adds a category by hand.</summary>
    /// <exception cref="ArgumentException">The name is blank or taken.</exception>
    public Task<MemoryCategory> CreateCategoryAsync(NewCategory category, CancellationToken cancellationToken = default) =>
        flows.Editor.CreateCategoryAsync(Scope, category, cancellationToken);

    /// <summary>Changes a category by hand.</summary>
    /// <exception cref="MemoryNotFoundException">There is no such category.</exception>
    public Task<MemoryCategory> UpdateCategoryAsync(string id, CategoryEdit edit, CancellationToken cancellationToken = default) =>
        flows.Editor.UpdateCategoryAsync(Scope, id, edit, cancellationToken);

    /// <summary>Removes a resource with its passages, items and bytes. False when there was none.</summary>
    public Task<bool> DeleteResourceAsync(string id, CancellationToken cancellationToken = default) =>
        flows.Editor.DeleteResourceAsync(Scope, id, cancellationToken);

    /// <summary>Removes an item. False when there was none.</summary>
    public Task<bool> DeleteItemAsync(string id, CancellationToken cancellationToken = default) =>
        flows.Editor.DeleteItemAsync(Scope, id, cancellationToken);

    /// <summary>Removes a category; its items stay. False when there was none.</summary>
    public Task<bool> DeleteCategoryAsync(string id, CancellationToken cancellationToken = default) =>
        flows.Editor.DeleteCategoryAsync(Scope, id, cancellationToken);

    /// <summary>Writes everything in the space as JSON Lines.</summary>
    public Task<TransferReport> ExportAsync(
        Stream destination, ExportOptions? options = null, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        flows.Exporter.RunAsync(Scope, destination, options ?? new ExportOptions(), progress, cancellationToken);

    /// <summary>Reads what <see cref="ExportAsync"/> wrote into this space. What is there already stays; the same file twice adds nothing.</summary>
    public Task<TransferReport> ImportAsync(
        Stream source, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        flows.Importer.RunAsync(Scope, source, progress, cancellationToken);

    /// <summary>Delivers owed vectors, embeds what has no vector of the current model, and removes vectors of what is gone.</summary>
    public Task<ReindexReport> ReindexAsync(
        ReindexOptions? options = null, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        flows.Reindexer.RunAsync(Scope, options ?? new ReindexOptions(), progress, cancellationToken);

    /// <summary>Counts and sizes.</summary>
    public Task<SpaceStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default) =>
        flows.Counting.RunAsync(Scope, cancellationToken);
}
