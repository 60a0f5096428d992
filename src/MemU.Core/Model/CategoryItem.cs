namespace MemU;

/// <summary>The link that puts an item on a category's page.</summary>
public sealed record CategoryItem(MemoryScope Scope, string ItemId, string CategoryId);
