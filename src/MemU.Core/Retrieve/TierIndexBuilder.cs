using MemU.Retrieve.Lexical;
using MemU.Text;

namespace MemU.Retrieve;

/// <summary>Collects the records of one tier. Not thread-safe.</summary>
internal sealed class TierIndexBuilder
{
    private readonly List<string> ids = [];
    private readonly LexicalIndexBuilder words = new();

    public void Add(string id, params ReadOnlySpan<string?> texts)
    {
        ids.Add(id);
        words.Add(TextAnalyzer.Terms(string.Join('\n', texts)));
    }

    public TierIndex Build() => new([.. ids], words.Build());
}
