using System.Runtime.InteropServices;
using MemU.Retrieve.Lexical;
using MemU.Text;

namespace MemU.Retrieve.Evidence;

/// <summary>
/// Reads passages in the order of the store and makes a <see cref="PassageIndex"/>; or goes on from an earlier one with passages of further resources. Not
/// thread-safe.
/// </summary>
internal sealed class PassageIndexBuilder
{
    // A stretch of 45 terms is some 80 words; what is not much longer stays whole.
    private const int TermsOfPiece = 45;
    private const int TermsOfWholePassage = 70;

    // Dates in an essay are those of its subject.
    private const int LongestForDates = 2000;

    private readonly LexicalIndexBuilder pieces = new();
    private readonly List<string> ids = [];
    private readonly List<int> passageOfPiece = [];
    private readonly List<PassageFacts> facts = [];
    private readonly List<int> lengthsBefore = [];
    private readonly PassageIndex? previous;
    private readonly int before;
    private int total;
    private readonly Dictionary<string, int> speakers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> speakerNames = [];
    private readonly List<string[]> speakerTerms = [];
    private readonly SessionSplitter sessions;
    private readonly TurnSplitter turns;

    private readonly HashSet<string> participants = new(StringComparer.Ordinal);
    private readonly List<NamedPeriod> periods = [];

    /// <param name="previous">The index to go on from; null to begin.</param>
    public PassageIndexBuilder(PassageIndex? previous = null)
    {
        this.previous = previous;
        before = previous?.Count ?? 0;
        total = previous?.LengthsBefore[^1] ?? 0;
        sessions = new SessionSplitter(previous?.Sessions.Length ?? 0, before);
        turns = new TurnSplitter((previous?.Turns.Length ?? 1) - 1, before);
        foreach (var name in previous?.SpeakerNames ?? [])
        {
            NumberOf(name);
        }
    }

    /// <summary>Adds the next passage.</summary>
    public void Add(Passage passage)
    {
        var tokens = Tokenizer.Read(passage.Text);
        var terms = new List<string>(tokens.Count);
        var isOther = TextLanguage.IsOther(tokens);
        var (moodsOfTokens, moods) = (TermMoods.Of(passage.Text, tokens, isOther), new List<Mood>(tokens.Count));
        foreach (var (number, token) in tokens.Index())
        {
            TextAnalyzer.AddTerms(token, keepStopWords: false, terms, isOther);
            while (moods.Count < terms.Count)
            {
                moods.Add(moodsOfTokens[number]);
            }
        }

        var size = terms.Count <= TermsOfWholePassage ? Math.Max(1, terms.Count) : EvenSize(terms.Count);
        for (var start = 0; start == 0 || start < terms.Count; start += size)
        {
            var length = Math.Min(size, terms.Count - start);
            pieces.Add(terms.GetRange(start, length), moods.GetRange(start, length));
            passageOfPiece.Add(before + ids.Count);
        }

        var speaker = Roles.KindOf(passage.Role);
        var speakerNumber = speaker == RoleKind.Named ? NumberOf(passage.Role!) : -1;
        var session = sessions.Add(passage, speaker, terms.Count);
        var traits = PassageCues.Read(passage.Text, tokens, participants.Contains);
        traits |= moodsOfTokens.Contains(Mood.Asked) ? PassageTraits.AsksQuestion : PassageTraits.None;
        facts.Add(new PassageFacts(
            session,
            turns.Add(session, passage.Role, traits.HasFlag(PassageTraits.AsksQuestion)),
            speakerNumber,
            passage.HappenedAt is { } time ? DateOnly.FromDateTime(time.DateTime).DayNumber : -1,
            traits
                | (turns.FollowsQuestion ? PassageTraits.FollowsQuestion : PassageTraits.None)
                | (speaker == RoleKind.Assistant ? PassageTraits.ByAssistant : PassageTraits.None)
                | (AddPeriods(passage) ? PassageTraits.TellsDate : PassageTraits.None)));
        ids.Add(passage.Id);
        total += terms.Count;
        lengthsBefore.Add(total);
    }

    /// <summary>The index of everything added, after what was there; the builder is of no use afterwards.</summary>
    public PassageIndex Build()
    {
        var closed = sessions.Finish();
        for (var i = 0; i < closed.Length; i++)
        {
            closed[i] = WithNamedAssistant(closed[i]);
        }

        return previous is null
            ? new(StringTable.From(ids), pieces.Build(), [.. passageOfPiece], [.. facts], closed, turns.Finish(), [.. speakerTerms], [0, .. lengthsBefore], [.. periods])
            {
                SpeakerNames = [.. speakerNames],
            }
            : new(
                previous.Ids.With(StringTable.From(ids), out _), previous.Pieces.With(null, pieces.Build(), null), [.. Enumerable.Range(0, previous.Pieces.Count).Select(previous.PassageOf), .. passageOfPiece],
                [.. previous.Facts, .. facts], [.. previous.Sessions, .. closed], [.. previous.Turns.SkipLast(1), .. turns.Finish()], [.. speakerTerms], [.. previous.LengthsBefore, .. lengthsBefore],
                [.. previous.Periods, .. periods])
            {
                SpeakerNames = [.. speakerNames],
            };
    }

    /// <summary>The same, or, where one with a name answers at length, a talk with that assistant; its turns are marked then.</summary>
    private PassageSession WithNamedAssistant(PassageSession session)
    {
        var (first, count) = (session.First - before, session.End - session.First);
        if (session.Kind != SessionKind.PeerChat)
        {
            return session;
        }

        Span<int> lengths = [.. Enumerable.Range(first, count).Select(i => lengthsBefore[i] - (i > 0 ? lengthsBefore[i - 1] : previous?.LengthsBefore[^1] ?? 0))];
        var turns = CollectionsMarshal.AsSpan(facts).Slice(first, count);
        if (LongAnswerer.Of(turns, lengths) is not { } assistant)
        {
            return session;
        }

        foreach (ref var turn in turns)
        {
            turn = turn.Speaker == assistant ? turn with { Traits = turn.Traits | PassageTraits.ByAssistant } : turn;
        }

        return session with { Kind = SessionKind.AssistantChat };
    }

    private static int EvenSize(int terms)
    {
        var count = (terms + TermsOfPiece - 1) / TermsOfPiece;
        return (terms + count - 1) / count;
    }

    /// <summary>Keeps the days that the passage names; false when it names none. A whole year says too little.</summary>
    private bool AddPeriods(Passage passage)
    {
        if (passage.HappenedAt is null || passage.Text.Length > LongestForDates)
        {
            return false;
        }

        var mentions = DateResolver.Find(passage.Text, passage.HappenedAt);
        foreach (var mention in mentions)
        {
            if (mention.Precision != DatePrecision.Year)
            {
                periods.Add(new NamedPeriod(before + ids.Count, mention.From.DayNumber, mention.To.DayNumber));
            }
        }

        return mentions.Count > 0;
    }

    private int NumberOf(string role)
    {
        if (!speakers.TryGetValue(role, out var number))
        {
            number = speakerTerms.Count;
            speakers.Add(role, number);
            speakerNames.Add(role);
            speakerTerms.Add([.. TextAnalyzer.Terms(role)]);
            participants.UnionWith(Tokenizer.Read(role).Select(t => t.Text));
        }

        return number;
    }
}
