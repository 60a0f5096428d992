using MemU.Storage;

namespace MemU.Memorize;

/// <summary>What a source changes on the category pages of its space.</summary>
/// <param name="Categories">All categories of the space, the new ones included, with the summaries that they had.</param>
/// <param name="NewCategories">Configured categories that the space did not have.</param>
/// <param name="NewLinks">Links that did not exist.</param>
/// <param name="Summaries">New summaries of touched categories.</param>
internal sealed record PagesUpdate(
    IReadOnlyList<MemoryCategory> Categories, IReadOnlyList<MemoryCategory> NewCategories, IReadOnlyList<CategoryItem> NewLinks, IReadOnlyList<SummaryWrite> Summaries);
