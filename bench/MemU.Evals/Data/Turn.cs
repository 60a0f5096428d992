namespace MemU.Evals.Data;

/// <summary>One message. Its id is unique in the talk.</summary>
internal sealed record Turn(string Id, string Speaker, string Text);
