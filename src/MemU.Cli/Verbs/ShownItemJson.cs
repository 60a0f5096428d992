using MemU.Contracts;

namespace MemU.Cli.Verbs;

/// <summary>An item with what it came from and what it said before.</summary>
internal sealed record ShownItemJson(
    string Kind, ItemJson Item, IReadOnlyList<CategoryJson> Categories, IReadOnlyList<PassageJson> Passages, IReadOnlyList<RevisionJson> History);
