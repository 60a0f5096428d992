namespace MemU.Retrieve.Evidence;

/// <summary>
/// How much the vectors of an embedding model count in a kind of session, where the best passage by its words has 1. Chosen on one half of public
/// conversations and confirmed on the other, with two models (docs/recall.md).
/// </summary>
/// <param name="Own">The vector of the passage.</param>
/// <param name="Answer">That of the passage before, when it asks: this one probably answers.</param>
/// <param name="Next">That of the passage after: people come back to what was just said.</param>
/// <param name="Session">The best of the session.</param>
internal sealed record MeaningWeights(double Own, double Answer, double Next, double Session)
{
    /// <summary>How much a passage gets beyond that which means the same as the question.</summary>
    public const double Alike = 1;

    /// <summary>People talking in short turns: half of what is meant stands in the turn beside.</summary>
    public static MeaningWeights PeerChat { get; } = new(Own: 0.45, Answer: 0.35, Next: 0.35, Session: 0.3);

    /// <summary>A person and an assistant: a session has a subject.</summary>
    public static MeaningWeights AssistantChat { get; } = new(Own: 0.35, Answer: 0, Next: 0, Session: 0.5);

    /// <summary>A plain question about a talk with an assistant: it names the thing in words of its own, so that what is meant says more than the words.</summary>
    public static MeaningWeights AssistantQuestion { get; } = new(Own: 0.5, Answer: 0, Next: 0.3, Session: 0.6);

    /// <summary>Paragraphs stand for themselves.</summary>
    public static MeaningWeights Document { get; } = new(Own: 0.5, Answer: 0, Next: 0, Session: 0);

    /// <summary>What these values are worth together.</summary>
    public double Score(MeaningValues values) =>
        (Own * values.Own) + (Alike * values.Alike) + (Answer * values.Answer) + (Next * values.Next) + (Session * values.Session);

    /// <summary>The weights for a kind of session, and a question that is plain (<see cref="Question.IsPlain"/>) or not.</summary>
    public static MeaningWeights For(SessionKind kind, bool plain) => kind switch
    {
        SessionKind.PeerChat => PeerChat,
        SessionKind.AssistantChat => plain ? AssistantQuestion : AssistantChat,
        _ => Document,
    };
}
