using MemU.Contracts;

namespace MemU.Server.Api;

/// <summary>What a conversation left in memory, for a compatible route.</summary>
internal sealed record CompatMemorized(
    ResourceJson Resource, IReadOnlyList<ItemJson> Items, IReadOnlyList<CategoryJson> Categories, IReadOnlyList<RelationJson> Relations);
