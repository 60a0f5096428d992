namespace MemU.Text;

/// <summary>A stretch of a text, in UTF-16 characters.</summary>
internal readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The first place after it.</summary>
    public int End => Start + Length;

    /// <summary>Its words.</summary>
    public string Of(string text) => text.Substring(Start, Length);
}
