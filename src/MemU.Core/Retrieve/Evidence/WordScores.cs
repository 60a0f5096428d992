using MemU.Retrieve.Lexical;

namespace MemU.Retrieve.Evidence;

/// <summary>
/// How well the words of a question fit: each passage by itself, each passage read together with its neighbours, and each session as a
/// whole, in one walk over the postings. For one question; not thread-safe. Its arrays may be longer than there are passages or sessions.
/// </summary>
internal sealed class WordScores
{
    // What stands beside a word of like meaning is less likely meant than what holds it.
    private const float BesideShare = 0.6f;

    private readonly PassageIndex index;
    private readonly float[] pieces;
    private readonly ushort[] inWindow;
    private readonly float[] lastIdf;
    private readonly ushort[] toldTerm;
    private readonly ushort[] nearTerm;
    private readonly float[] likeIdf;
    private readonly List<int> touchedWindows = [];
    private readonly List<(int Session, int Frequency)> touchedSessions = [];
    private readonly List<int> touchedLike = [];
    private readonly double averageWindow;
    private readonly double averageSession;

    /// <param name="index">The passages.</param>
    /// <param name="terms">The terms of the question, each once.</param>
    /// <param name="arrays">Room for the scores.</param>
    /// <param name="related">The words of like meaning to look for with a term, each with how near it is.</param>
    public WordScores(PassageIndex index, IEnumerable<string> terms, ScoreArrays arrays, Func<string, IEnumerable<(string Term, float Nearness)>> related)
    {
        this.index = index;
        pieces = arrays.Scores(index.Pieces.Count);
        inWindow = arrays.Counts(index.Count);
        lastIdf = arrays.Scores(index.Count);
        Passages = arrays.Scores(index.Count);
        Windows = arrays.Scores(index.Count);
        Coverage = arrays.Scores(index.Count);
        NearCoverage = arrays.Scores(index.Count);
        Told = arrays.Scores(index.Count);
        ToldOfOneself = arrays.Scores(index.Count);
        Kinds = arrays.Scores(index.Count);
        toldTerm = arrays.Counts(index.Count);
        Related = arrays.Scores(index.Count);
        nearTerm = arrays.Counts(index.Count);
        likeIdf = arrays.Scores(index.Count);
        Sessions = arrays.Scores(index.Sessions.Length);
        SessionBest = arrays.Scores(index.Sessions.Length);
        RelatedSessions = arrays.Scores(index.Sessions.Length);
        Turns = arrays.Scores(index.Turns.Length);
        averageWindow = Math.Max(1, (double)index.LengthsBefore[^1] / Math.Max(1, index.Count) * PassageIndex.PassagesOfWindow);
        averageSession = Math.Max(1, (double)index.LengthsBefore[^1] / Math.Max(1, index.Sessions.Length));
        var total = 0.0;
        foreach (var (number, term) in terms.Index())
        {
            var found = index.Pieces.Find(term);
            var idf = Bm25.Idf(index.Pieces.Count, found.Count);
            var mark = (ushort)Math.Min(ushort.MaxValue, number + 1);
            total += idf;
            Add(found, mark, idf);
            AddTold(found, mark, (float)idf);
            AddKind(found, term, (float)idf);
            if (number < MostWithRelated)
            {
                AddRelated(related(term), mark, (float)idf);
            }
        }

        for (var piece = 0; piece < index.Pieces.Count; piece++)
        {
            if (pieces[piece] > 0)
            {
                var number = index.PassageOf(piece);
                ref var passage = ref Passages[number];
                passage = Math.Max(passage, pieces[piece]);
                ref var best = ref SessionBest[index.Facts[number].Session];
                best = Math.Max(best, passage);
                ref var inTurn = ref Turns[index.Facts[number].Turn];
                inTurn = Math.Max(inTurn, passage);
            }
        }

        var windows = Windows.AsSpan(0, index.Count);
        var sessions = Sessions.AsSpan(0, index.Sessions.Length);
        var passages = Passages.AsSpan(0, index.Count);
        ToShares(windows, TopScores.Highest(windows));
        ToShares(sessions, TopScores.Highest(sessions));
        Best = TopScores.Highest(passages);
        ToShares(passages, Best);
        ToShares(SessionBest.AsSpan(0, index.Sessions.Length), Best);
        ToShares(Turns.AsSpan(0, index.Turns.Length), Best);
        ToShares(Coverage.AsSpan(0, index.Count), total);
        ToShares(NearCoverage.AsSpan(0, index.Count), total);
        ToShares(Told.AsSpan(0, index.Count), total);
        ToShares(ToldOfOneself.AsSpan(0, index.Count), total);
        ToShares(Kinds.AsSpan(0, index.Count), total);
        ToShares(Related.AsSpan(0, index.Count), total);
        for (var passage = 0; passage < index.Count; passage++)
        {
            ref var best = ref RelatedSessions[index.Facts[passage].Session];
            best = Math.Max(best, NearCoverage[passage] + Related[passage]);
        }
    }

    /// <summary>Of how many terms, from the first, words of like meaning are looked for: what is longer is no question, and each costs as much as sixteen terms.</summary>
    public const int MostWithRelated = 32;

    /// <summary>BM25 of each passage, of its best piece where it has several; as a share of the best.</summary>
    public float[] Passages { get; }

    /// <summary>BM25 of each passage with its neighbours within the session, as one text; as a share of the best.</summary>
    public float[] Windows { get; }

    /// <summary>BM25 of each session as one text, as a share of the best.</summary>
    public float[] Sessions { get; }

    /// <summary>The best passage of each session, as a share of the best of all.</summary>
    public float[] SessionBest { get; }

    /// <summary>The best passage of each turn, as a share of the best of all.</summary>
    public float[] Turns { get; }

    /// <summary>Share of the question in each passage, by rarity.</summary>
    public float[] Coverage { get; }

    /// <summary>Share of the question in each passage and the two beside it, by rarity.</summary>
    public float[] NearCoverage { get; }

    /// <summary>Share of the question in what each passage and those beside it in the turn state and what the turn before asks, by rarity.</summary>
    public float[] Told { get; }

    /// <summary>Share of the question in what each passage states of the speaker, by rarity.</summary>
    public float[] ToldOfOneself { get; }

    /// <summary>Share of the question that each passage only holds as something of the kind asked for, by rarity.</summary>
    public float[] Kinds { get; }

    /// <summary>Share of the question of which a passage and the two beside it only hold a word of like meaning, by rarity and by how near the meaning is.</summary>
    public float[] Related { get; }

    /// <summary>The best passage of each session by <see cref="NearCoverage"/> and <see cref="Related"/> together.</summary>
    public float[] RelatedSessions { get; }

    /// <summary>The best BM25 of a passage; 0 when no word occurs.</summary>
    public float Best { get; }

    private static void ToShares(Span<float> scores, double whole)
    {
        if (whole > 0)
        {
            System.Numerics.Tensors.TensorPrimitives.Divide(scores, (float)whole, scores);
        }
    }

    private void Add(Postings found, ushort mark, double idf)
    {
        var last = -1;
        while (found.Next())
        {
            var (piece, frequency) = (found.Document, found.Frequency);
            pieces[piece] += (float)(idf * Bm25.Weight(frequency, index.Pieces.Lengths[piece], index.Pieces.AverageLength));
            var passage = index.PassageOf(piece);
            Coverage[passage] += passage == last ? 0 : (float)idf;
            last = passage;
            Collect(passage, mark, frequency, (float)idf);
        }

        foreach (var passage in touchedWindows)
        {
            var (from, to) = index.WindowOf(passage);
            var length = index.LengthsBefore[to] - index.LengthsBefore[from];
            Windows[passage] += (float)(idf * Bm25.Weight(inWindow[passage], length, averageWindow));
            inWindow[passage] = 0;
            NearCoverage[passage] += lastIdf[passage];
            lastIdf[passage] = 0;
        }

        var idfOfSessions = Bm25.Idf(index.Sessions.Length, touchedSessions.Count);
        foreach (var (session, frequency) in touchedSessions)
        {
            Sessions[session] += (float)(idfOfSessions * Bm25.Weight(frequency, index.Sessions[session].Terms, averageSession));
        }

        touchedWindows.Clear();
        touchedSessions.Clear();
    }

    /// <summary>What is told counts where it is told and in the messages beside it of the same turn, what is asked counts for the turn that answers; each term once.</summary>
    private void AddTold(Postings found, ushort number, float idf)
    {
        var lastOfOneself = -1;
        while (found.Next())
        {
            var passage = index.PassageOf(found.Document);
            var turn = index.Facts[passage].Turn;
            var (first, end) = (index.Turns[turn], index.Turns[turn + 1]);
            if (found.Mood.HasFlag(Mood.Told))
            {
                AddEach(Math.Max(first, passage - 1), Math.Min(end, passage + 2));
            }

            if (found.Mood.HasFlag(Mood.OfOneself) && passage != lastOfOneself)
            {
                ToldOfOneself[passage] += idf;
                lastOfOneself = passage;
            }

            if (found.Mood.HasFlag(Mood.Asked) && end < index.Count && index.Facts[end].Traits.HasFlag(PassageTraits.FollowsQuestion))
            {
                AddEach(end, index.Turns[turn + 2]);
            }
        }

        void AddEach(int from, int to)
        {
            for (var passage = from; passage < to; passage++)
            {
                Told[passage] += toldTerm[passage] == number ? 0 : idf;
                toldTerm[passage] = number;
            }
        }
    }

    /// <summary>Of what is of the kind that a term names, the rarest counts, as much as the term at most; not where the term itself is told.</summary>
    private void AddKind(Postings found, string term, float idf)
    {
        var members = Text.Kinds.MembersOf(term);
        if (members.Count == 0)
        {
            return;
        }

        while (found.Next())
        {
            if (found.Mood.HasFlag(Mood.Told))
            {
                Touch(index.PassageOf(found.Document), float.MaxValue);
            }
        }

        foreach (var member in members)
        {
            var postings = index.Pieces.Find(member);
            var worth = Math.Min(idf, (float)Bm25.Idf(index.Pieces.Count, postings.Count));
            while (postings.Next())
            {
                if (postings.Mood.HasFlag(Mood.Told))
                {
                    Touch(index.PassageOf(postings.Document), worth);
                }
            }
        }

        AddLike(Kinds);
    }

    /// <summary>Of words of like meaning in a passage or, for less, beside it the one worth most counts, at most as much as the term; not where the term itself stands there or beside it.</summary>
    private void AddRelated(IEnumerable<(string Term, float Nearness)> related, ushort mark, float idf)
    {
        foreach (var (other, nearness) in related)
        {
            var found = index.Pieces.Find(other);
            var worth = nearness * Math.Min(idf, (float)Bm25.Idf(index.Pieces.Count, found.Count));
            while (found.Next())
            {
                var passage = index.PassageOf(found.Document);
                var session = index.Sessions[index.Facts[passage].Session];
                for (var i = Math.Max(session.First, passage - 1); i < Math.Min(session.End, passage + 2); i++)
                {
                    if (nearTerm[i] != mark)
                    {
                        Touch(i, i == passage ? worth : BesideShare * worth);
                    }
                }
            }
        }

        AddLike(Related);
    }

    private void Touch(int passage, float worth)
    {
        if (likeIdf[passage] == 0)
        {
            touchedLike.Add(passage);
        }

        likeIdf[passage] = Math.Max(likeIdf[passage], worth);
    }

    /// <summary>Adds what was touched, but for what has the term itself.</summary>
    private void AddLike(float[] scores)
    {
        foreach (var passage in touchedLike)
        {
            scores[passage] += likeIdf[passage] < float.MaxValue ? likeIdf[passage] : 0;
            likeIdf[passage] = 0;
        }

        touchedLike.Clear();
    }

    private void Collect(int passage, ushort mark, ushort frequency, float idf)
    {
        var number = index.Facts[passage].Session;
        var (first, end) = index.WindowOf(passage);
        for (var i = first; i < end; i++)
        {
            if (inWindow[i] == 0)
            {
                touchedWindows.Add(i);
            }

            inWindow[i] = (ushort)Math.Min(ushort.MaxValue, inWindow[i] + frequency);
            if (Math.Abs(i - passage) <= 1)
            {
                lastIdf[i] = idf;
                nearTerm[i] = mark;
            }
        }

        if (touchedSessions is [.., var last] && last.Session == number)
        {
            touchedSessions[^1] = (number, last.Frequency + frequency);
        }
        else
        {
            touchedSessions.Add((number, frequency));
        }
    }
}
