using MemU.Contracts;

namespace MemU.Cli.Verbs;

/// <summary>A resource with what is in it.</summary>
internal sealed record ShownResourceJson(string Kind, ResourceJson Resource, IReadOnlyList<ItemJson> Items, IReadOnlyList<PassageJson> Passages);
