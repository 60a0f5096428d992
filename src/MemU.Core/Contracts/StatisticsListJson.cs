namespace MemU.Contracts;

/// <summary>Counts and sizes of all spaces, in JSON.</summary>
/// <param name="Spaces">By tenant, user and agent.</param>
public sealed record StatisticsListJson(IReadOnlyList<StatisticsJson> Spaces);
