using System.Runtime.InteropServices;
using MemU.Retrieve.Evidence;
using MemU.Retrieve.Lexical;
using MemU.Text;

namespace MemU.Retrieve;

/// <summary>The terms of a question, and how much each is worth: the rarer in the space, the more; a word of like meaning counts less than the word asked for. Not thread-safe.</summary>
internal sealed class AskedTerms
{
    // A word of like meaning stands for the word asked for where that does not occur, not beside it.
    private const double MostOfRelated = 0.5;

    private readonly Dictionary<string, AskedTerm> worths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AskedTerm[]> wordsSeen = new(StringComparer.Ordinal);

    private AskedTerms(IReadOnlyList<(string Term, Question Question)> terms, LexicalIndex index)
    {
        Count = terms.Count;
        foreach (var (number, (term, _)) in terms.Index())
        {
            worths.Add(term, new AskedTerm(number, Bm25.Idf(index.Count, index.Find(term).Count)));
        }

        foreach (var (term, question) in terms)
        {
            var (number, worth) = worths[term];
            foreach (var (related, nearness) in question.RelatedTo(term))
            {
                worths.TryAdd(related, new AskedTerm(number, MostOfRelated * nearness * worth));
            }
        }
    }

    /// <summary>How many terms are asked for.</summary>
    public int Count { get; }

    /// <summary>The terms of the question, without names of speakers as when it is searched, and of its smaller ones.</summary>
    public static AskedTerms Of(Retrieval run, SpaceTextIndex space)
    {
        var pieces = space.Passages.Pieces;
        var terms = run.TermsOf(space).Select(t => (t, run.Understood))
            .Concat(run.SubQueries.Select(q => new Question(q, run.AskedAt)).SelectMany(q => q.TermsIn(pieces).Select(t => (t, q))));
        return new AskedTerms([.. terms.DistinctBy(t => t.t)], pieces);
    }

    /// <summary>What a text has of them, each once.</summary>
    public AskedTerm[] In(string text)
    {
        if (Count == 0)
        {
            return [];
        }

        Dictionary<int, double>? found = null;
        foreach (var token in Tokenizer.Read(text))
        {
            foreach (var (number, worth) in In(token))
            {
                ref var best = ref CollectionsMarshal.GetValueRefOrAddDefault(found ??= [], number, out _);
                best = Math.Max(best, worth);
            }
        }

        return found is null ? [] : [.. found.OrderBy(f => f.Key).Select(f => new AskedTerm(f.Key, f.Value))];
    }

    /// <summary>A sentence is too short to tell its language, so that a word is read as English and as another.</summary>
    private AskedTerm[] In(Token token)
    {
        if (token.Kind != TokenKind.Unspaced && wordsSeen.TryGetValue(token.Text, out var seen))
        {
            return seen;
        }

        var terms = new HashSet<string>(StringComparer.Ordinal);
        TextAnalyzer.AddTerms(token, keepStopWords: true, terms, isOther: false);
        TextAnalyzer.AddTerms(token, keepStopWords: true, terms, isOther: true);
        AskedTerm[] found = [.. terms.Where(worths.ContainsKey).Select(t => worths[t])];
        if (token.Kind != TokenKind.Unspaced)
        {
            wordsSeen.Add(token.Text, found);
        }

        return found;
    }
}
