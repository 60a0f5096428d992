namespace MemU.Onnx;

/// <summary>A question and a passage as a cross-encoder reads them: <c>[CLS] question [SEP] passage [SEP]</c>.</summary>
/// <param name="Ids">The tokens.</param>
/// <param name="SecondAt">Where the passage begins.</param>
internal sealed record TokenPair(int[] Ids, int SecondAt)
{
    private const int Marks = 3;

    /// <summary>Cuts the end of the passage where both do not fit; of a question that takes more than half, its end.</summary>
    public static TokenPair Of(IReadOnlyList<int> question, IReadOnlyList<int> passage, int start, int separator, int maxTokens)
    {
        var room = maxTokens - Marks;
        var first = Math.Min(question.Count, Math.Max(room / 2, room - passage.Count));
        var second = Math.Min(passage.Count, room - first);
        return new TokenPair([start, .. question.Take(first), separator, .. passage.Take(second), separator], first + 2);
    }
}
