namespace MemU.Resources;

/// <summary>A source as text, split into blocks in order; every block is a stretch of <paramref name="Text"/>.</summary>
/// <param name="Text">The whole text; offsets of passages count in it.</param>
/// <param name="Blocks">Never empty.</param>
/// <param name="Notes">What had to be left out, without the words themselves.</param>
internal sealed record ReadSource(string Text, IReadOnlyList<SourceBlock> Blocks, IReadOnlyList<string> Notes);
