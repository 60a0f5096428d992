namespace MemU.Reasoning;

/// <summary>Media in words.</summary>
/// <param name="Text">The description or the transcript; never blank.</param>
/// <param name="Caption">One sentence; null when the text has to be read for it.</param>
public sealed record MediaDescription(string Text, string? Caption);
