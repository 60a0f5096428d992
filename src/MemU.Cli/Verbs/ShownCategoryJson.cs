using MemU.Contracts;

namespace MemU.Cli.Verbs;

/// <summary>A category with what stands on its page.</summary>
internal sealed record ShownCategoryJson(string Kind, CategoryJson Category, IReadOnlyList<ItemJson> Items);
