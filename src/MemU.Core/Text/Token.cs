namespace MemU.Text;

/// <summary>A stretch of a text and its folded form.</summary>
/// <param name="Text">Lower case, accents folded.</param>
/// <param name="Start">Where it starts in the text, in UTF-16 characters.</param>
/// <param name="Length">Its length there.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct Token(string Text, int Start, int Length, TokenKind Kind);
