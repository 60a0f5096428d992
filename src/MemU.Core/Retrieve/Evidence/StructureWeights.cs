namespace MemU.Retrieve.Evidence;

/// <summary>
/// How much the place of a passage counts beside its own words. Scores of neighbours are added times their weight; bonuses are shares of the
/// best word score in the space; factors multiply the sum. Measured on public conversations; each lies on a plateau, so that halving or
/// doubling one changes little.
/// </summary>
internal sealed record StructureWeights
{
    /// <summary>The score of the passage before, halved with every step further back.</summary>
    public double Previous { get; private init; }

    /// <summary>The score of the passage after, halved with every step further on.</summary>
    public double Next { get; private init; }

    /// <summary>The score of the two passages before, this one and the two after, read as one text.</summary>
    public double Window { get; private init; }

    /// <summary>The score of the passage before once more, when it asks something: this one probably answers.</summary>
    public double Answer { get; private init; }

    /// <summary>Bonus for the session that fits best as a whole.</summary>
    public double Session { get; private init; }

    /// <summary>Bonus for a date that the question names.</summary>
    public double Date { get; private init; }

    /// <summary>Bonus for a passage that names a time when the question asks for one.</summary>
    public double Time { get; private init; }

    /// <summary>Factor for a passage that asks something itself.</summary>
    public double Asking { get; private init; } = 1;

    /// <summary>Factor for what the one participant said whom the question names.</summary>
    public double NamedSpeaker { get; private init; } = 1;

    /// <summary>Factor for what an assistant wrote, unless the question asks for that.</summary>
    public double Assistant { get; private init; } = 1;

    /// <summary>People talking in short turns: the matching words often stand in the turn before.</summary>
    public static StructureWeights PeerChat { get; } = new()
    {
        Previous = 0.5, Next = 0.3, Window = 0.1, Answer = 0.2, Session = 0.4, Date = 1.0, Time = 0.3, Asking = 0.8, NamedSpeaker = 1.8,
    };

    /// <summary>Long answers of an assistant drown what the person said: mostly the words themselves count, and the person's more.</summary>
    public static StructureWeights AssistantChat { get; } = new()
    {
        Previous = 0.3, Next = 0.2, Session = 0.6, Date = 0.3, Assistant = 0.7,
    };

    /// <summary>Paragraphs: the neighbours give the topic.</summary>
    public static StructureWeights Document { get; } = new()
    {
        Previous = 0.3, Next = 0.2, Session = 0.3, Date = 0.3,
    };

    /// <summary>The weights for a kind of session.</summary>
    public static StructureWeights For(SessionKind kind) => kind switch
    {
        SessionKind.PeerChat => PeerChat,
        SessionKind.AssistantChat => AssistantChat,
        _ => Document,
    };
}
