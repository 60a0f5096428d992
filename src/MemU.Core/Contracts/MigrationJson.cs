namespace MemU.Contracts;

/// <summary>What a migration did, in JSON.</summary>
/// <param name="Applied">The steps applied; empty when everything was up to date.</param>
public sealed record MigrationJson(IReadOnlyList<string> Applied);
