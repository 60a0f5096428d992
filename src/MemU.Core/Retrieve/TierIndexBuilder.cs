using MemU.Retrieve.Lexical;
using MemU.Text;

namespace MemU.Retrieve;

/// <summary>Collects the records of one tier; those that an earlier index knows with the same text are not analysed again. Not thread-safe.</summary>
internal sealed class TierIndexBuilder(TierIndex? previous = null)
{
    private readonly List<string> ids = [];
    private readonly List<bool> hasText = [];
    private readonly List<long> hashes = [];
    private readonly LexicalIndexBuilder words = new();
    private readonly List<int> addedNumbers = [];
    private readonly int[] numbers = [.. Enumerable.Repeat(-1, previous?.Count ?? 0)];
    private int lastKept = -1;

    /// <summary>Records so far.</summary>
    public int Count => ids.Count;

    /// <summary>Adds the next record by its texts.</summary>
    public void Add(string id, params ReadOnlySpan<string?> texts)
    {
        var text = string.Join('\n', texts);
        var hash = HashOf(text);
        if (previous is not null && previous.Ids.Find(id) is >= 0 and var known && previous.Hashes[known] == hash && known > lastKept)
        {
            numbers[known] = ids.Count;
            lastKept = known;
        }
        else
        {
            addedNumbers.Add(ids.Count);
            words.Add(TextAnalyzer.Terms(text));
        }

        ids.Add(id);
        hasText.Add(!string.IsNullOrWhiteSpace(text));
        hashes.Add(hash);
    }

    /// <summary>The index of everything added; the builder is of no use afterwards.</summary>
    /// <param name="overview">Which records, by number and in this order, answer a question about nothing in particular.</param>
    public TierIndex Build(IEnumerable<int> overview) => new(
        StringTable.From(ids), [.. hasText], [.. hashes], previous is null ? words.Build() : previous.Words.With(numbers, words.Build(), [.. addedNumbers]))
    {
        Overview = [.. overview],
    };

    /// <summary>FNV-1a over the characters, for telling whether a text is the one from before.</summary>
    private static long HashOf(string text)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 0x100000001b3UL;
        }

        return unchecked((long)hash);
    }
}
