namespace MemU.Contracts;

/// <summary>All spaces, in JSON.</summary>
/// <param name="Spaces">By tenant, user and agent.</param>
public sealed record SpaceListJson(IReadOnlyList<SpaceJson> Spaces);
