namespace MemU.Retrieve.Evidence;

/// <summary>
/// What the vectors of an embedding model say of every passage as the answer to one question:
/// <code>
/// gain  = (cosine − floor) / (1 − floor), 0 to 1; the floor is the cosine at the end of the third quarter of the nearest passages
/// score = own · gain + alike · gain⁶ + answer · best gain of the turn before, when that asks + next · gain of the passage after + session · best gain of the session
/// </code>
/// Models differ in how high any two texts score; what counts is how much of the way from there to a perfect match a passage covers. Vectors that say nothing
/// lie close together and so give close to nothing. The sixth power counts only near a perfect match, which goes before any match of words. Immutable, until its arrays are given back.
/// </summary>
internal sealed class MeaningScores
{
    private readonly PassageIndex index;
    private readonly bool plain;
    private readonly bool any;
    private readonly float[] gains;
    private readonly float[] turns;
    private readonly float[] sessions;

    /// <param name="index">The passages.</param>
    /// <param name="plain">Whether the question is plain (<see cref="Question.IsPlain"/>).</param>
    /// <param name="nearest">Lists of passages with their cosine, best first, one for each way in which the question was put: the best counts.</param>
    /// <param name="arrays">Room for its scores; it can be used until they are given back.</param>
    public MeaningScores(PassageIndex index, bool plain, IReadOnlyList<IReadOnlyList<Scored<int>>> nearest, ScoreArrays arrays)
    {
        this.plain = plain;
        this.index = index;
        any = nearest.Any(n => n.Count > 0);
        gains = any ? arrays.Scores(index.Count) : [];
        turns = any ? arrays.Scores(index.Turns.Length) : [];
        sessions = any ? arrays.Scores(index.Sessions.Length) : [];
        foreach (var list in nearest.Where(n => n.Count > 0))
        {
            var floor = Math.Clamp(list[list.Count * 3 / 4].Score, -1, 1);
            foreach (var (passage, cosine) in list)
            {
                var gain = floor < 1 ? (float)Math.Clamp((cosine - floor) / (1 - floor), 0, 1) : 0;
                gains[passage] = Math.Max(gains[passage], gain);
                var facts = index.Facts[passage];
                turns[facts.Turn] = Math.Max(turns[facts.Turn], gain);
                sessions[facts.Session] = Math.Max(sessions[facts.Session], gain);
            }
        }
    }

    /// <summary>What there is of each signal for a passage, 0 to 1.</summary>
    public MeaningValues this[int passage]
    {
        get
        {
            var facts = index.Facts[passage];
            var session = index.Sessions[facts.Session];
            var answers = facts.Traits.HasFlag(PassageTraits.FollowsQuestion);
            return !any ? default : new MeaningValues(
                gains[passage], answers ? turns[facts.Turn - 1] : 0, passage + 1 < session.End ? gains[passage + 1] : 0, sessions[facts.Session]);
        }
    }

    /// <summary>Adds its score to that of every passage.</summary>
    public void AddTo(Span<float> scores)
    {
        for (var passage = 0; any && passage < index.Count; passage++)
        {
            scores[passage] += (float)WeightsOf(passage).Score(this[passage]);
        }
    }

    /// <summary>What gives a passage its score; what gives nothing is left out.</summary>
    public IEnumerable<ScorePart> Parts(int passage)
    {
        var (values, weights) = (this[passage], WeightsOf(passage));
        ScorePart[] parts =
        [
            new("vectors", values.Own, weights.Own), new("vectors_alike", values.Alike, MeaningWeights.Alike), new("vectors_answer", values.Answer, weights.Answer),
            new("vectors_next", values.Next, weights.Next), new("vectors_session", values.Session, weights.Session),
        ];
        return parts.Where(p => p.Score > 0);
    }

    private MeaningWeights WeightsOf(int passage) => MeaningWeights.For(index.Sessions[index.Facts[passage].Session].Kind, plain);
}
