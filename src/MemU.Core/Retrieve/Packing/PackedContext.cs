namespace MemU.Retrieve;

/// <summary>A block of text for a prompt, and how many tokens it has at most.</summary>
internal sealed record PackedContext(string Text, int Tokens);
