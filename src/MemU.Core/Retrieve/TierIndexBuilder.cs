using MemU.Retrieve.Lexical;
using MemU.Text;

namespace MemU.Retrieve;

/// <summary>Collects the records of one tier. Not thread-safe.</summary>
internal sealed class TierIndexBuilder
{
    private readonly List<string> ids = [];
    private readonly List<bool> hasText = [];
    private readonly LexicalIndexBuilder words = new();

    public void Add(string id, params ReadOnlySpan<string?> texts)
    {
        ids.Add(id);
        var text = string.Join('\n', texts);
        hasText.Add(!string.IsNullOrWhiteSpace(text));
        words.Add(TextAnalyzer.Terms(text));
    }

    public TierIndex Build() => new([.. ids], [.. hasText], words.Build());
}
