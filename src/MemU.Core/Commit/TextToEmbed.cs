namespace MemU.Commit;

/// <summary>A record that shall have a vector of this text.</summary>
internal sealed record TextToEmbed(string Collection, string Id, string Text);
