using MemU.Evals.Data;
using MemU.Text;

namespace MemU.Evals.Scoring;

/// <summary>
/// What anybody gets: BM25 (k1 1.2, b 0.75) over the turns, lower-case words without stop words, Porter's stems. The measure of everything else.
/// </summary>
internal sealed class PlainBm25
{
    private const double K1 = 1.2;
    private const double B = 0.75;

    private readonly Dictionary<string, List<(int Turn, int Frequency)>> postings = new(StringComparer.Ordinal);
    private readonly List<string> ids = [];
    private readonly List<int> lengths = [];
    private long total;

    public void Add(Turn turn)
    {
        var terms = Terms(turn.Text).ToList();
        foreach (var group in terms.GroupBy(t => t))
        {
            (postings.TryGetValue(group.Key, out var list) ? list : postings[group.Key] = []).Add((ids.Count, group.Count()));
        }

        ids.Add(turn.Id);
        lengths.Add(terms.Count);
        total += terms.Count;
    }

    /// <summary>Ids of turns, best first; earlier ones first where equal.</summary>
    public IEnumerable<string> Rank(string question, int count)
    {
        var scores = new double[ids.Count];
        var average = Math.Max(1, (double)total / Math.Max(1, ids.Count));
        foreach (var term in Terms(question).Distinct())
        {
            if (postings.TryGetValue(term, out var list))
            {
                var idf = Math.Log(1 + ((ids.Count - list.Count + 0.5) / (list.Count + 0.5)));
                foreach (var (turn, frequency) in list)
                {
                    scores[turn] += idf * frequency * (K1 + 1) / (frequency + (K1 * (1 - B + (B * lengths[turn] / average))));
                }
            }
        }

        return Enumerable.Range(0, ids.Count).Where(i => scores[i] > 0).OrderByDescending(i => scores[i]).ThenBy(i => i).Take(count).Select(i => ids[i]);
    }

    private static IEnumerable<string> Terms(string text) =>
        Tokenizer.Read(text)
            .Where(t => t.Kind is TokenKind.Word or TokenKind.Number && !StopWords.Contains(t.Text))
            .Select(t => t.Text.All(char.IsAsciiLetterLower) ? PorterStemmer.Stem(t.Text) : t.Text);
}
