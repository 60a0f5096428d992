using System.Runtime.CompilerServices;

namespace MemU.Retrieve.Evidence;

/// <summary>
/// What speaks for each passage of a space as the answer to one question. A score is the sum of every signal's value times its weight, so that a
/// hit can be explained exactly. Immutable once made, until its arrays are given back.
/// </summary>
internal sealed class EvidenceSignals
{
    private const int Tail = 5;
    private const double DaysOfHalfRecency = 15;
    private const double LogOfMuch = 4;
    private const float GoodSession = 0.5f;

    // Of the question; below that, words that are somehow alike lead anywhere.
    private const float LeastRelated = 0.1f;

    // By terms; from here on a passage says much.
    private static readonly double[] Lengths = [.. Enumerable.Range(0, 64).Select(n => Math.Min(1, Math.Log(1 + n) / LogOfMuch))];

    private readonly PassageIndex index;
    private readonly Question question;
    private readonly WordScores words;
    private readonly float[] named;
    private readonly IReadOnlyList<Signal> without;
    private readonly bool namesDays;

    /// <param name="index">The passages.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="arrays">Room for its scores; it can be used until they are given back.</param>
    /// <param name="without">Signals that are left out, to measure what each is worth.</param>
    public EvidenceSignals(PassageIndex index, Question question, ScoreArrays arrays, IReadOnlyList<Signal>? without = null)
    {
        this.without = without ?? [];
        this.index = index;
        this.question = question;
        namesDays = question.Dates.Count > 0 || question.Periods.Count > 0;
        NamedSpeaker = FindNamed(out var terms);
        Terms = terms;
        words = new WordScores(index, terms, arrays, index.Sessions.Any(s => SignalWeights.For(s.Kind, question.IsPlain)[Signal.Related] > 0) ? question.RelatedTo : _ => []);
        named = NamedDays(arrays);
    }

    /// <summary>The number of the one speaker whom the question names, if it names exactly one.</summary>
    public int? NamedSpeaker { get; }

    /// <summary>The terms that are searched.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>The words of every passage alone, as a share of the best.</summary>
    public ReadOnlySpan<float> Words => words.Passages.AsSpan(0, index.Count);

    /// <summary>Whether anything of the question is in the passage, around it, in its date, or much of it in its session; or, where that counts, the kind of thing asked for or words of like meaning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Fits(int passage) =>
        words.Windows[passage] > 0 || words.Sessions[index.Facts[passage].Session] >= GoodSession || (named.Length > 0 && named[passage] > 0) || (namesDays && DateOf(passage) > 0)
        || (words.Kinds[passage] > 0 && WeightsOf(passage)[Signal.Kind] > 0) || (words.Related[passage] > LeastRelated && WeightsOf(passage)[Signal.Related] > 0);

    /// <summary>
    /// The score of a passage, 0 or more; 0 when nothing fits. It is optimised at its first call, since it keeps its values on the stack, and so is what it calls where that is inlined: else the first
    /// thirty questions of a process, each with a call or twenty for every passage, take three times as long.
    /// </summary>
    public float Score(int passage)
    {
        if (!Fits(passage))
        {
            return 0;
        }

        Span<double> values = stackalloc double[SignalWeights.Count];
        Read(passage, values);
        var weights = WeightsOf(passage).All;
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i] * values[i];
        }

        return (float)Math.Max(0, sum);
    }

    /// <summary>The weights of the kind of session in which a passage stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SignalWeights WeightsOf(int passage) => SignalWeights.For(index.Sessions[index.Facts[passage].Session].Kind, question.IsPlain);

    /// <summary>The value of every signal for a passage.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read(int passage, Span<double> values)
    {
        var facts = index.Facts[passage];
        var session = index.Sessions[facts.Session];
        var own = words.Passages[passage];
        var asks = facts.Traits.HasFlag(PassageTraits.AsksQuestion);
        var isNamed = NamedSpeaker == facts.Speaker;
        var length = Lengths[Math.Min(Lengths.Length - 1, index.LengthsBefore[passage + 1] - index.LengthsBefore[passage])];
        values.Clear();
        Set(values, Signal.Words, own);
        Set(values, Signal.Coverage, words.Coverage[passage]);
        Set(values, Signal.Window, words.Windows[passage]);
        Set(values, Signal.WindowCoverage, words.NearCoverage[passage]);
        Set(values, Signal.Previous, passage > session.First ? words.Passages[passage - 1] : 0);
        Set(values, Signal.Before, TailOf(facts.Turn, -1, session));
        Set(values, Signal.Next, passage + 1 < session.End ? words.Passages[passage + 1] : 0);
        Set(values, Signal.After, TailOf(facts.Turn, 1, session));
        Set(values, Signal.Answer, facts.Traits.HasFlag(PassageTraits.FollowsQuestion) ? words.Turns[facts.Turn - 1] : 0);
        Set(values, Signal.Asking, asks ? own : 0);
        Set(values, Signal.Told, words.Told[passage]);
        Set(values, Signal.Kind, words.Kinds[passage]);
        Set(values, Signal.Related, words.Related[passage]);
        Set(values, Signal.RelatedSession, words.RelatedSessions[facts.Session]);
        Set(values, Signal.Session, words.Sessions[facts.Session]);
        Set(values, Signal.SessionBest, words.SessionBest[facts.Session]);
        Set(values, Signal.Speaker, isNamed ? 1 : 0);
        Set(values, Signal.OwnAccount, isNamed && facts.Traits.HasFlag(PassageTraits.FirstPerson) ? 1 : 0);
        Set(values, Signal.OwnWords, isNamed ? words.ToldOfOneself[passage] : 0);
        Set(values, Signal.Deed, isNamed && facts.Traits.HasFlag(PassageTraits.TellsDeed) ? 1 : 0);
        Set(values, Signal.Several, isNamed && question.AsksSeveral ? length : 0);
        Set(values, Signal.Addressing, NamedSpeaker is not null && !isNamed && facts.Traits.HasFlag(PassageTraits.SecondPerson) ? 1 : 0);
        Set(values, Signal.OtherSide, OtherSide(facts.Traits.HasFlag(PassageTraits.ByAssistant)) * own);
        Set(values, Signal.Date, namesDays ? DateOf(passage) : 0);
        Set(values, Signal.NamedDate, named.Length > 0 ? named[passage] : 0);
        Set(values, Signal.Time, question.AsksWhen && facts.Traits.HasFlag(PassageTraits.NamesTime) ? own : 0);
        Set(values, Signal.ToldDate, question.AsksWhen && facts.Traits.HasFlag(PassageTraits.TellsDate) ? 1 : 0);
        Set(values, Signal.Number, question.AsksNumber && facts.Traits.HasFlag(PassageTraits.HasNumber) ? 1 : 0);
        Set(values, Signal.Name, question.AsksName && facts.Traits.HasFlag(PassageTraits.NamesSomething) ? 1 : 0);
        Set(values, Signal.Length, facts.Traits.HasFlag(PassageTraits.Responds) ? 0 : length);
        Set(values, Signal.Recent, question.GoesOn || question.AsksLatest ? Recency(facts.Day) : 0);
        foreach (var signal in without)
        {
            values[(int)signal] = 0;
        }
    }

    /// <summary>What gives a passage its score; what gives nothing is left out.</summary>
    public IEnumerable<ScorePart> Parts(int passage)
    {
        var parts = new List<ScorePart>();
        if (!Fits(passage))
        {
            return parts;
        }

        Span<double> values = stackalloc double[SignalWeights.Count];
        Read(passage, values);
        var weights = WeightsOf(passage);
        foreach (var signal in Enum.GetValues<Signal>())
        {
            if (values[(int)signal] != 0 && weights[signal] != 0)
            {
                parts.Add(new ScorePart(NameOf(signal), values[(int)signal], weights[signal]));
            }
        }

        if (parts.Sum(p => p.Score) is < 0 and var below)
        {
            parts.Add(new ScorePart("floor", 1, -below));
        }

        return parts;
    }

    /// <summary>What was understood of the question.</summary>
    public QueryUnderstanding Understanding(string text) => new()
    {
        Text = text,
        Terms = Terms,
        Speaker = NamedSpeaker is { } speaker ? index.SpeakerNames[speaker] : null,
        Dates = [.. question.Dates.Select(d => d.ToString())],
        Windows = [.. question.Periods.Select(p => new DayRange(p.From, p.To))],
        AsksFor =
        [
            .. question.AsksWhen ? ["time"] : Array.Empty<string>(), .. question.AsksNumber ? ["number"] : Array.Empty<string>(),
            .. question.AsksName ? ["name"] : Array.Empty<string>(), .. question.AsksAssistant ? ["assistant"] : Array.Empty<string>(),
            .. question.AsksLatest ? ["latest"] : Array.Empty<string>(), .. question.AsksSeveral ? ["several"] : Array.Empty<string>(),
        ],
        GoesOn = question.GoesOn,
    };

    /// <summary>The name of a signal as the world sees it: <c>window_coverage</c>.</summary>
    public static string NameOf(Signal signal) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(signal.ToString());

    private static void Set(Span<double> values, Signal signal, double value) => values[(int)signal] = value;

    /// <summary>Words two to five turns away within the session, halved with every step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double TailOf(int turn, int direction, PassageSession session)
    {
        var (sum, share) = (0.0, 1.0);
        var (first, last) = (index.Facts[session.First].Turn, index.Facts[session.End - 1].Turn);
        for (var step = 2; step <= Tail; step++, share /= 2)
        {
            var at = turn + (direction * step);
            if (at < first || at > last)
            {
                break;
            }

            sum += share * words.Turns[at];
        }

        return sum;
    }

    /// <summary>1 for what the assistant wrote, or, where that is asked for, half for what the person wrote; 0 for a message that goes on with a talk.</summary>
    private double OtherSide(bool byAssistant) => question.GoesOn || byAssistant == question.AsksAssistant ? 0 : byAssistant ? 1 : 0.5;

    private double Recency(int day) => day < 0 ? 0 : 1 / (1 + (Math.Max(0, index.LatestDay - day) / DaysOfHalfRecency));

    private double DateOf(int passage)
    {
        var day = index.Facts[passage].Day;
        if (day < 0)
        {
            return 0;
        }

        var (best, date) = (0.0, DateOnly.FromDayNumber(day));
        foreach (var asked in question.Dates)
        {
            best = Math.Max(best, asked.Match(date));
        }

        foreach (var asked in question.Periods)
        {
            best = Math.Max(best, asked.Match(date));
        }

        return best;
    }

    /// <summary>1 for each passage that names a day within what the question names, less where that is a season or a year; empty when the question names none.</summary>
    private float[] NamedDays(ScoreArrays arrays)
    {
        if (!namesDays)
        {
            return [];
        }

        var fits = arrays.Scores(index.Count);
        foreach (var period in index.Periods)
        {
            var (from, to) = (DateOnly.FromDayNumber(period.From), DateOnly.FromDayNumber(period.To));
            var fit = question.Dates.Any(d => d.Overlaps(from, to)) ? 1 : question.Periods.Where(p => p.Overlaps(from, to)).Select(p => p.Weight).DefaultIfEmpty().Max();
            fits[period.Passage] = Math.Max(fits[period.Passage], (float)fit);
        }

        return fits;
    }

    /// <summary>
    /// The one speaker whom the question names, if it names exactly one; and the terms without any speaker's name, which as a word would
    /// only find those who address that person. A question that is only a name keeps it.
    /// </summary>
    private int? FindNamed(out IReadOnlyList<string> terms)
    {
        var said = question.Terms.Concat(question.Terms.Select(question.OtherForm)).ToHashSet(StringComparer.Ordinal);
        var speakers = Enumerable.Range(0, index.Speakers.Length).Where(s => index.Speakers[s].Any(said.Contains)).ToList();
        var names = speakers.SelectMany(s => index.Speakers[s]).ToHashSet();
        terms = [.. question.Terms.Where(t => !names.Contains(t) && !names.Contains(question.OtherForm(t)))];
        terms = question.In(index.Pieces, terms.Count > 0 ? terms : question.Terms);
        return speakers is [var only] ? only : null;
    }
}
