using MemU.Retrieve.Lexical;

namespace MemU.Retrieve.Evidence;

/// <summary>
/// The passages of one space, ready to be ranked. Passages are numbered from 0 in the order of the store (by resource and position). A long
/// passage is indexed in several pieces, so that one telling sentence is not lost in it. Immutable, thread-safe.
/// </summary>
internal sealed class PassageIndex
{
    private const int WindowTurns = 2;
    private const int WindowMessages = 6;

    internal PassageIndex(
        StringTable ids, LexicalIndex pieces, int[] passageOfPiece, PassageFacts[] facts, PassageSession[] sessions, int[] turns, string[][] speakers, int[] lengthsBefore,
        NamedPeriod[] periods)
    {
        Ids = ids;
        Pieces = pieces;
        PassageOfPiece = passageOfPiece.Length == ids.Count ? [] : passageOfPiece;
        Facts = facts;
        Sessions = sessions;
        Turns = turns;
        Speakers = speakers;
        LengthsBefore = lengthsBefore;
        Periods = periods;
        LatestDay = facts.Length == 0 ? -1 : facts.Max(f => f.Day);
    }

    /// <summary>How many passages a window has where each is a turn.</summary>
    public const int PassagesOfWindow = (2 * WindowTurns) + 1;

    public int Count => Ids.Count;

    /// <summary>Id by number, and number by id.</summary>
    public StringTable Ids { get; }

    /// <summary>The words.</summary>
    public LexicalIndex Pieces { get; }

    /// <summary>The passage in which each piece stands; empty where every passage is one piece.</summary>
    public int[] PassageOfPiece { get; }

    /// <summary>The passage in which a piece stands.</summary>
    public int PassageOf(int piece) => PassageOfPiece.Length == 0 ? piece : PassageOfPiece[piece];

    /// <summary>The rest that is known of each passage.</summary>
    public PassageFacts[] Facts { get; }

    /// <summary>The sessions, in the order of their passages.</summary>
    public PassageSession[] Sessions { get; }

    /// <summary>
    /// The first passage of every turn, and <see cref="Count"/> at the end. A turn is what one speaker writes until another does, in several messages perhaps; a message without a speaker is one.
    /// </summary>
    public int[] Turns { get; }

    /// <summary>The passages that are read together with one: its turn and two turns to each side within the session, some messages to each side at most.</summary>
    public (int First, int End) WindowOf(int passage)
    {
        var facts = Facts[passage];
        var session = Sessions[facts.Session];
        var first = Turns[Math.Max(0, facts.Turn - WindowTurns)];
        var end = Turns[Math.Min(Turns.Length - 1, facts.Turn + WindowTurns + 1)];
        return (Math.Max(Math.Max(first, session.First), passage - WindowMessages), Math.Min(Math.Min(end, session.End), passage + WindowMessages + 1));
    }

    /// <summary>The terms of every speaker's name.</summary>
    public string[][] Speakers { get; }

    /// <summary>The names of the speakers, as first written.</summary>
    public required string[] SpeakerNames { get; init; }

    /// <summary>Terms in all passages before each one; one entry more than there are passages.</summary>
    public int[] LengthsBefore { get; }

    /// <summary>The days that passages name, in the order of the passages.</summary>
    public NamedPeriod[] Periods { get; }

    /// <summary>The last day on which anything was said; −1 when no time is known.</summary>
    public int LatestDay { get; }

    public long ApproximateBytes =>
        Pieces.ApproximateBytes + Ids.Bytes + (Count * (20L + 4)) + (4L * Turns.Length) + (4L * PassageOfPiece.Length) + (16L * Sessions.Length) + (12L * Periods.Length);
}
