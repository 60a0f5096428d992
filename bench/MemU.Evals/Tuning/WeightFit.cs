using MemU.Retrieve.Evidence;

namespace MemU.Evals.Tuning;

/// <summary>
/// Fits the weights of the signals to questions whose evidence is known: gradient ascent (Adam) on the logarithm of the softmax that puts each piece of
/// evidence before all that is none (Cao et al., 2007, with one item at the top). Weights stay at 0 or above but for signals that speak against a passage.
/// </summary>
internal static class WeightFit
{
    private const int Rounds = 80;
    private const double AdversarialShare = 0.2;

    // Not of that kind of talk, or counted outside the sum.
    private static readonly HashSet<Signal> NotOfPeers = [Signal.OtherSide, Signal.Items, Signal.Previous, Signal.After, Signal.Next, Signal.Coverage, Signal.Recent];
    private static readonly HashSet<Signal> NotOfAssistants = [Signal.Items, Signal.Speaker, Signal.OwnAccount, Signal.OwnWords, Signal.Deed, Signal.Several, Signal.Addressing, Signal.Related, Signal.RelatedSession];
    private static readonly HashSet<Signal> NotOfQuestions =
    [
        Signal.Items, Signal.Speaker, Signal.OwnAccount, Signal.OwnWords, Signal.Deed, Signal.Several, Signal.Addressing, Signal.Coverage, Signal.Window, Signal.Asking, Signal.RelatedSession,
        Signal.Session, Signal.SessionBest, Signal.Time, Signal.ToldDate, Signal.Number, Signal.Name, Signal.Length, Signal.Recent,
    ];
    private static readonly HashSet<Signal> MayBeNegative = [Signal.Asking, Signal.Previous, Signal.OtherSide, Signal.Addressing];

    /// <param name="questions">What they are fitted to.</param>
    /// <param name="present">The weights in the code that they would take the place of.</param>
    /// <param name="pull">How strongly they are pulled to 0 (<see cref="PullChoice"/>).</param>
    public static double[] Run(IReadOnlyList<TuningQuestion> questions, SignalWeights present, double pull)
    {
        var leftOut = present == SignalWeights.PeerChat ? NotOfPeers : present == SignalWeights.AssistantQuestion ? NotOfQuestions : NotOfAssistants;
        var (weights, mean, square) = (new double[SignalWeights.Count], new double[SignalWeights.Count], new double[SignalWeights.Count]);
        weights[(int)Signal.Words] = 2;
        for (var round = 1; round <= Rounds; round++)
        {
            var gradient = new double[SignalWeights.Count];
            foreach (var question in questions)
            {
                AddGradient(question, weights, gradient);
            }

            for (var k = 0; k < weights.Length; k++)
            {
                if (leftOut.Contains((Signal)k))
                {
                    continue;
                }

                var g = (gradient[k] / questions.Count) - (pull * weights[k]);
                mean[k] = (0.9 * mean[k]) + (0.1 * g);
                square[k] = (0.99 * square[k]) + (0.01 * g * g);
                var step = round > Rounds * 2 / 3 ? 0.075 : 0.25;
                weights[k] += step * (mean[k] / (1 - Math.Pow(0.9, round))) / (Math.Sqrt(square[k] / (1 - Math.Pow(0.99, round))) + 1e-8);
                weights[k] = weights[k] < 0 && !MayBeNegative.Contains((Signal)k) ? 0 : weights[k];
            }
        }

        return weights;
    }

    public static double Score(double[] values, double[] weights)
    {
        var sum = 0.0;
        for (var k = 0; k < values.Length; k++)
        {
            sum += weights[k] * values[k];
        }

        return sum;
    }

    private static void AddGradient(TuningQuestion question, double[] weights, double[] gradient)
    {
        double[] scores = [.. question.Values.Select(v => Score(v, weights))];
        var highest = scores.Max();
        double[] likely = [.. scores.Select(s => Math.Exp(s - highest))];
        var (all, ofEvidence) = (likely.Sum(), question.Evidence.Sum(e => likely[e]));
        var share = (question.Asked.Category == "5" ? AdversarialShare : 1) / question.Evidence.Length;
        foreach (var evidence in question.Evidence)
        {
            var whole = all - ofEvidence + likely[evidence];
            for (var i = 0; i < scores.Length; i++)
            {
                if (i != evidence && question.Evidence.Contains(i))
                {
                    continue;
                }

                var push = share * ((i == evidence ? 1 : 0) - (likely[i] / whole));
                for (var k = 0; k < gradient.Length; k++)
                {
                    gradient[k] += push * question.Values[i][k];
                }
            }
        }
    }
}
