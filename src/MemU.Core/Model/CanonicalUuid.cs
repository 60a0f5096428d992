namespace MemU;

/// <summary>UUIDs as ids are written: 36 characters, lower-case letters. What is kept as 16 bytes has to come back the same.</summary>
internal static class CanonicalUuid
{
    private const int Digits = 36;

    /// <summary>True when a text is one, and is what is written for it again.</summary>
    public static bool TryParse(string text, out Guid uuid)
    {
        Span<char> again = stackalloc char[Digits];
        uuid = default;
        return text.Length == Digits && Guid.TryParseExact(text, "D", out uuid) && uuid.TryFormat(again, out _) && again.SequenceEqual(text);
    }
}
