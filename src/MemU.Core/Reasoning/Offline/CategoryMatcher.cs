using System.Collections.Frozen;
using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>
/// Names the categories of an item: by the words of their names and descriptions, and for the default categories by a small lexicon
/// and by the type of the item. It may name none.
/// </summary>
internal sealed class CategoryMatcher
{
    private const int AtMost = 3;
    private static readonly FrozenSet<string> BeforeLike = "i we they you really also do to would always both never he she".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private readonly List<(string Name, HashSet<string> Own)> categories = [];

    public CategoryMatcher(IReadOnlyList<CategoryDefinition> definitions)
    {
        foreach (var definition in definitions)
        {
            categories.Add((definition.Name, [.. Generic.Without(TextAnalyzer.Terms(definition.Name).Concat(TextAnalyzer.Terms(definition.Description)))]));
        }
    }

    /// <summary>The names of the best categories, the best first.</summary>
    public IReadOnlyList<string> Match(StatementGroup group, string type, bool isConversation)
    {
        // the lexicon is English: other conversations are at least told apart by type
        var hasLexicon = isConversation && group.Statements[0].IsEnglish;
        var terms = group.Statements.SelectMany(s => s.Terms).ToHashSet();
        if (terms.Contains("like") && !group.Statements.Exists(LikesSomething))
        {
            terms.Remove("like");
        }

        return [.. categories
            .Select(c => (c.Name, Score: Score(c.Name, c.Own, terms, type, hasLexicon)))
            .Where(c => c.Score >= 1)
            .OrderByDescending(c => c.Score)
            .Take(AtMost)
            .Select(c => c.Name)];
    }

    // "I like tea", "she likes tea", but not "a doll like this"
    private static bool LikesSomething(Statement statement) => Enumerable.Range(0, statement.Tokens.Count).Any(i =>
        statement.Tokens[i].Text is "likes" or "liked" || (statement.Tokens[i].Text is "like" && i > 0 && BeforeLike.Contains(statement.Tokens[i - 1].Text)));

    private static double Score(string name, HashSet<string> own, HashSet<string> terms, string type, bool hasLexicon)
    {
        var score = (double)own.Count(terms.Contains);
        if (CategoryLexicon.Words.TryGetValue(name, out var words))
        {
            score += words.Count(w => terms.Contains(w) && !own.Contains(w));
            score += HintOf(name, type, hasLexicon);
        }

        return score;
    }

    private static double HintOf(string name, string type, bool hasLexicon) => (name.ToLowerInvariant(), type) switch
    {
        ("habits", MemoryTypes.Behavior) => 1.5,
        ("experiences", MemoryTypes.Event) => 1,
        ("personal_info", MemoryTypes.Profile) => 0.5,
        ("knowledge", MemoryTypes.Knowledge) => hasLexicon ? 0.5 : 1,
        _ => 0,
    };
}
