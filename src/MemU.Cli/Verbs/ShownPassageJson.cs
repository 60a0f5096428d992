using MemU.Contracts;

namespace MemU.Cli.Verbs;

/// <summary>A passage.</summary>
internal sealed record ShownPassageJson(string Kind, PassageJson Passage);
