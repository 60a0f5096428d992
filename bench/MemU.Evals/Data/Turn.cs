namespace MemU.Evals.Data;

/// <summary>One message.</summary>
internal sealed record Turn(string Id, string Speaker, string Text);
