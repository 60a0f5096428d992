namespace MemU.Edit;

internal sealed class SpaceEditor
{
    public Task<MemoryItem> CreateItemAsync(MemoryScope scope, NewItem item, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<MemoryItem> UpdateItemAsync(MemoryScope scope, string id, ItemEdit edit, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<MemoryCategory> CreateCategoryAsync(MemoryScope scope, NewCategory category, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<MemoryCategory> UpdateCategoryAsync(MemoryScope scope, string id, CategoryEdit edit, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<bool> DeleteResourceAsync(MemoryScope scope, string id, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<bool> DeleteItemAsync(MemoryScope scope, string id, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<bool> DeleteCategoryAsync(MemoryScope scope, string id, CancellationToken cancellationToken) => throw new NotImplementedException();
}
