namespace MemU.Reasoning;

/// <summary>A message that came before the question.</summary>
public sealed record ContextMessage(string Role, string Text);
