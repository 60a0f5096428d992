namespace MemU.Retrieve.Evidence;

/// <summary>
/// How much each <see cref="Signal"/> counts in a kind of session. Chosen on one half of public conversations and confirmed on the other
/// (docs/recall.md); none stands on a peak. Negative weights are for what speaks against a passage.
/// </summary>
internal sealed class SignalWeights
{
    private readonly double[] weights = new double[Count];

    private SignalWeights(params ReadOnlySpan<(Signal Signal, double Weight)> given)
    {
        foreach (var (signal, weight) in given)
        {
            weights[(int)signal] = weight;
        }

        // What a passage gets that holds all the words, in a session that does: scores of all kinds of session are shares of that.
        var full = this[Signal.Words] + this[Signal.Coverage] + this[Signal.Window] + this[Signal.WindowCoverage] + this[Signal.Told] + this[Signal.Session] + this[Signal.SessionBest];
        for (var i = 0; i < Count; i++)
        {
            weights[i] /= full;
        }
    }

    /// <summary>How many signals there are.</summary>
    public const int Count = (int)Signal.Items + 1;

    /// <summary>People talking in short turns: the matching words often stand in the turn before, and who speaks and when say much.</summary>
    public static SignalWeights PeerChat { get; } = new(
        (Signal.Words, 1), (Signal.Window, 1.4), (Signal.WindowCoverage, 0.65), (Signal.Before, 0.7), (Signal.Answer, 0.85), (Signal.Asking, -0.1),
        (Signal.Told, 1.7), (Signal.Kind, 1.9), (Signal.Related, 4), (Signal.RelatedSession, 0.9), (Signal.Session, 0.3), (Signal.SessionBest, 0.1), (Signal.Speaker, 0.15),
        (Signal.OwnAccount, 0.45), (Signal.OwnWords, 0.75), (Signal.Deed, 0.25), (Signal.Several, 0.35), (Signal.Addressing, -0.7), (Signal.Date, 2.4),
        (Signal.NamedDate, 1.45), (Signal.Time, 0.9), (Signal.ToldDate, 0.85), (Signal.Number, 0.8), (Signal.Name, 1.1), (Signal.Length, 0.25));

    /// <summary>
    /// Long answers of an assistant drown what the person said. What goes on with such a talk, or states what is looked for: the session tells the matter, and the
    /// person's words count more.
    /// </summary>
    public static SignalWeights AssistantChat { get; } = new(
        (Signal.Words, 1), (Signal.Coverage, 0.8), (Signal.Window, 0.5), (Signal.WindowCoverage, 0.3), (Signal.Next, 0.4), (Signal.Answer, 0.15),
        (Signal.Session, 1.8), (Signal.SessionBest, 0.8), (Signal.OtherSide, -0.6), (Signal.Date, 1), (Signal.NamedDate, 1), (Signal.Recent, 2.2));

    /// <summary>
    /// A plain question about a talk with an assistant: what the person told answers it, seldom what the assistant said of it, and the matter of a session
    /// says little, since a person who asks names the thing in other words.
    /// </summary>
    public static SignalWeights AssistantQuestion { get; } = new(
        (Signal.Words, 1), (Signal.WindowCoverage, 0.75), (Signal.Previous, 0.35), (Signal.Before, 0.25), (Signal.Next, 0.6), (Signal.After, 0.2), (Signal.Answer, 0.15),
        (Signal.Told, 1.1), (Signal.Kind, 1.2), (Signal.Related, 2.4), (Signal.OtherSide, -1.5), (Signal.Date, 0.6), (Signal.NamedDate, 0.4));

    /// <summary>Paragraphs: the neighbours give the topic.</summary>
    public static SignalWeights Document { get; } = new(
        (Signal.Words, 1), (Signal.Previous, 0.3), (Signal.Before, 0.15), (Signal.Next, 0.2), (Signal.After, 0.1), (Signal.Session, 0.3),
        (Signal.Date, 0.3), (Signal.NamedDate, 0.3));

    /// <summary>The weight of a signal.</summary>
    public double this[Signal signal] => weights[(int)signal];

    /// <summary>All weights, in the order of <see cref="Signal"/>.</summary>
    public ReadOnlySpan<double> All => weights;

    /// <summary>The weights for a kind of session, and a question that is plain (<see cref="Question.IsPlain"/>) or not.</summary>
    public static SignalWeights For(SessionKind kind, bool plain) => kind switch
    {
        SessionKind.PeerChat => PeerChat,
        SessionKind.AssistantChat => plain ? AssistantQuestion : AssistantChat,
        _ => Document,
    };
}
