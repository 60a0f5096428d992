namespace MemU.Conformance;

/// <summary>Texts that break careless stores: other scripts, quotes, control characters, and what looks like code.</summary>
internal static class HostileText
{
    public static TheoryData<string> All =>
    [
        "O'Brien said \"hi\" \\ and left",
        "line one\nline two\r\n\ttabbed\u2028separated",
        "漢字とかな 한국어 العربية हिन्दी ไทย",
        "🦆👩‍👩‍👧‍👦 e\u0301 \u202Ereversed\u202C",
        "'; DROP TABLE resources; --",
        "\" OR \"\"=\"",
        "%_[a-z]*?",
        "{\"user_id\": \"bob\"}",
        "{{placeholder}} ${x} $1 @p0 :p1 ?",
        "../../etc/passwd",
        "\u0001\u001F\u007F\u0085\uFEFF",
        "<script>alert(1)</script> &amp; <!-- -->",
        " surrounded by blanks ",
        "NULL",
        "0",
    ];
}
