using MemU.Retrieve.Lexical;
using MemU.Text;

namespace MemU.Retrieve;

/// <summary>Collects the records of one tier. Not thread-safe.</summary>
internal sealed class TierIndexBuilder
{
    private readonly List<string> ids = [];
    private readonly List<bool> hasText = [];
    private readonly LexicalIndexBuilder words = new();

    /// <summary>Records so far.</summary>
    public int Count => ids.Count;

    /// <summary>Adds the next record by its texts.</summary>
    public void Add(string id, params ReadOnlySpan<string?> texts)
    {
        ids.Add(id);
        var text = string.Join('\n', texts);
        hasText.Add(!string.IsNullOrWhiteSpace(text));
        words.Add(TextAnalyzer.Terms(text));
    }

    /// <summary>The index of everything added; the builder is of no use afterwards.</summary>
    /// <param name="overview">Which records, by number and in this order, answer a question about nothing in particular.</param>
    public TierIndex Build(IEnumerable<int> overview) => new([.. ids], [.. hasText], words.Build()) { Overview = [.. overview] };
}
