namespace MemU.Retrieve.Evidence;

/// <summary>
/// Scores every passage of a space for a question by its words and its place:
/// <code>
/// words   = BM25 of the passage + neighbours (halved with each step) + window + the question that it answers
/// bonuses = session + date + named time, as shares of the best BM25 in the space
/// score   = (words + bonuses) × asking × named speaker × assistant
/// </code>
/// divided by the best BM25, so that 1 is about as good as the words alone can be. The weights are those of the session's kind
/// (<see cref="StructureWeights"/>).
/// </summary>
internal static class EvidenceRanker
{
    private const int Tail = 5;

    /// <summary>One score a passage, finite, 0 where nothing fits.</summary>
    public static float[] Score(PassageIndex index, Question question)
    {
        var named = NamedSpeaker(index, question, out var terms);
        var words = new WordScores(index, terms);
        var best = TopScores.Highest(words.Passages);
        var bestSession = TopScores.Highest(words.Sessions);
        var scores = new float[index.Count];
        if (best <= 0 && question.Dates.Count == 0)
        {
            return scores;
        }

        var unit = best > 0 ? best : 1;
        for (var number = 0; number < index.Sessions.Length; number++)
        {
            var session = index.Sessions[number];
            var weights = StructureWeights.For(session.Kind);
            var ofSession = bestSession > 0 ? weights.Session * words.Sessions[number] / bestSession : 0;
            Smooth(words, index, session, weights, unit, scores);
            for (var i = session.First; i < session.End; i++)
            {
                var facts = index.Facts[i];
                var bonus = ofSession
                    + (weights.Date * BestDate(question.Dates, facts.Day))
                    + (question.AsksWhen && facts.Traits.HasFlag(PassageTraits.NamesTime) ? weights.Time : 0);
                scores[i] = (float)((scores[i] + bonus) * Factor(facts, question, named, weights));
            }
        }

        return scores;
    }

    /// <summary>Adds what the passage and its neighbours say, forward and back in one pass each.</summary>
    private static void Smooth(
        WordScores words, PassageIndex index, PassageSession session, StructureWeights weights, double unit, float[] scores)
    {
        for (var i = session.First; i < session.End; i++)
        {
            double sum = words.Passages[i] + (weights.Window * words.Windows[i]);
            var (before, after) = (weights.Previous, weights.Next);
            for (var step = 1; step <= Tail; step++, before /= 2, after /= 2)
            {
                sum += (i - step >= session.First ? before * words.Passages[i - step] : 0)
                    + (i + step < session.End ? after * words.Passages[i + step] : 0);
            }

            if (i > session.First && index.Facts[i - 1].Traits.HasFlag(PassageTraits.AsksQuestion))
            {
                sum += weights.Answer * words.Passages[i - 1];
            }

            scores[i] = (float)(sum / unit);
        }
    }

    private static double BestDate(IReadOnlyList<AskedDate> dates, int day)
    {
        var best = 0.0;
        if (day >= 0)
        {
            foreach (var date in dates)
            {
                best = Math.Max(best, date.Match(DateOnly.FromDayNumber(day)));
            }
        }

        return best;
    }

    private static double Factor(PassageFacts facts, Question question, int? named, StructureWeights weights) =>
        (facts.Traits.HasFlag(PassageTraits.AsksQuestion) ? weights.Asking : 1)
        * (named == facts.Speaker ? weights.NamedSpeaker : 1)
        * (facts.Traits.HasFlag(PassageTraits.ByAssistant) && !question.AsksAssistant ? weights.Assistant : 1);

    /// <summary>
    /// The one speaker whom the question names, if it names exactly one; and the terms without any speaker's name, which as a word would
    /// only find those who address that person. A question that is only a name keeps it.
    /// </summary>
    private static int? NamedSpeaker(PassageIndex index, Question question, out IReadOnlyList<string> terms)
    {
        var named = Enumerable.Range(0, index.Speakers.Length)
            .Where(s => index.Speakers[s].Any(t => question.Terms.Contains(t)))
            .ToList();
        var names = named.SelectMany(s => index.Speakers[s]).ToHashSet();
        terms = [.. question.Terms.Where(t => !names.Contains(t))];
        terms = terms.Count > 0 ? terms : question.Terms;
        return named is [var only] ? only : null;
    }
}
