namespace MemU.Reasoning;

/// <summary>The name of a category and what belongs in it.</summary>
public sealed record CategoryDefinition(string Name, string Description);
