using MemU.Text;

namespace MemU.Evals.Data;

/// <summary>A data set as it was read.</summary>
internal sealed record DataSet(IReadOnlyList<Talk> Talks)
{
    /// <summary>True when evidence is named by sitting, not by turn.</summary>
    public bool BySitting { get; init; }

    /// <summary>Questions of which no evidence names anything that exists; they are left out.</summary>
    public int QuestionsLeftOut { get; init; }

    /// <summary>Names of evidence that name nothing.</summary>
    public int EvidenceLeftOut { get; init; }

    /// <summary>Sittings whose date could not be read.</summary>
    public int SittingsWithoutDate { get; init; }

    /// <summary>SHA-256 over the files read, in order of their names.</summary>
    public required string Hash { get; init; }

    /// <summary>True when evidence is named by turn and everything is asked at the end: sittings can be joined then.</summary>
    public bool CanBeJoined => !BySitting && Talks.All(t => t.Questions.All(q => q.SittingsBefore == t.Sittings.Count));

    /// <summary>The same with the sittings of each talk joined to a few long ones, each at the time of its first: a talk that nobody divided. Only where <see cref="CanBeJoined"/>.</summary>
    /// <param name="count">How many sittings a talk has then, at most.</param>
    public DataSet Joined(int count) => this with { Talks = [.. Talks.Select(t => Joined(t, count))] };

    /// <summary>The same with a message for each sentence of a turn, each with the id of the turn.</summary>
    public DataSet InBursts() => WithTurns(Sentences);

    /// <summary>The same without question marks in the turns.</summary>
    public DataSet Unmarked() => WithTurns(t => [t with { Text = t.Text.Replace("?", "", StringComparison.Ordinal) }]);

    private DataSet WithTurns(Func<Turn, IEnumerable<Turn>> change) => this with
    {
        Talks = [.. Talks.Select(t => t with { Sittings = [.. t.Sittings.Select(s => s with { Turns = [.. s.Turns.SelectMany(change)] })] })],
    };

    private static IEnumerable<Turn> Sentences(Turn turn) =>
        SentenceSplitter.Split(turn.Text) is { Count: > 1 } sentences ? sentences.Select(s => turn with { Text = s.Of(turn.Text) }) : [turn];

    private static Talk Joined(Talk talk, int count)
    {
        var size = (talk.Sittings.Count + count - 1) / count;
        List<Sitting> joined =
        [
            .. talk.Sittings.Chunk(size).Select(part => part[0] with { Turns = [.. part.SelectMany(s => s.Turns)], GoldMemories = [.. part.SelectMany(s => s.GoldMemories)] }),
        ];
        return talk with { Sittings = joined, Questions = [.. talk.Questions.Select(q => q with { SittingsBefore = joined.Count })] };
    }
}
