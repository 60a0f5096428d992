namespace MemU.Edit;

/// <summary>What an edit does to one category page.</summary>
/// <param name="CategoryId">The category.</param>
/// <param name="Added">The words of an item that comes onto the page; null for none.</param>
/// <param name="Removed">The words of an item that leaves it; null for none.</param>
internal sealed record PageChange(string CategoryId, string? Added, string? Removed);
