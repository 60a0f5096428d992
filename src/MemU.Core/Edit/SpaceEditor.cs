using MemU.Commit;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Edit;

/// <summary>What a person changes by hand. Every edit embeds first and is then one commit.</summary>
internal sealed class SpaceEditor(
    IMemoryStore store, IVectorIndex index, IBlobStore blobs, SpaceWriter writer, EmbeddingModel embedding, EditRules rules, PageEditor pages, IdSource ids, TimeProvider time)
{
    private readonly ItemEditor items = new(store, index, writer, embedding, rules, pages, ids, time);
    private readonly CategoryEditor categories = new(store, index, writer, embedding, ids, time);
    private readonly ResourceDeleter resources = new(store, index, blobs, writer, embedding, pages);

    public Task<MemoryItem> CreateItemAsync(MemoryScope scope, NewItem item, CancellationToken cancellationToken) =>
        items.CreateAsync(scope, item ?? throw new ArgumentNullException(nameof(item)), cancellationToken);

    public Task<MemoryItem> UpdateItemAsync(MemoryScope scope, string id, ItemEdit edit, CancellationToken cancellationToken) =>
        items.UpdateAsync(scope, Id(id), edit ?? throw new ArgumentNullException(nameof(edit)), cancellationToken);

    public Task<MemoryCategory> CreateCategoryAsync(MemoryScope scope, NewCategory category, CancellationToken cancellationToken) =>
        categories.CreateAsync(scope, category ?? throw new ArgumentNullException(nameof(category)), cancellationToken);

    public Task<MemoryCategory> UpdateCategoryAsync(MemoryScope scope, string id, CategoryEdit edit, CancellationToken cancellationToken) =>
        categories.UpdateAsync(scope, Id(id), edit ?? throw new ArgumentNullException(nameof(edit)), cancellationToken);

    public Task<bool> DeleteResourceAsync(MemoryScope scope, string id, CancellationToken cancellationToken) =>
        resources.DeleteAsync(scope, Id(id), cancellationToken);

    public Task<bool> DeleteItemAsync(MemoryScope scope, string id, CancellationToken cancellationToken) => items.DeleteAsync(scope, Id(id), cancellationToken);

    public Task<bool> DeleteCategoryAsync(MemoryScope scope, string id, CancellationToken cancellationToken) =>
        categories.DeleteAsync(scope, Id(id), cancellationToken);

    private static string Id(string id) => string.IsNullOrWhiteSpace(id) ? throw new ArgumentException("The id is blank.", nameof(id)) : id;
}
