namespace MemU.Text;

/// <summary>What a <see cref="Token"/> is.</summary>
internal enum TokenKind
{
    /// <summary>Letters only.</summary>
    Word,

    /// <summary>Digits only, without leading zeros and thousands separators.</summary>
    Number,

    /// <summary>A whole that its parts follow: a date, an address, a name of code.</summary>
    Whole,

    /// <summary>A run of a script that does not part its words with blanks.</summary>
    Unspaced,
}
