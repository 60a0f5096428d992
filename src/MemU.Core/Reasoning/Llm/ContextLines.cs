namespace MemU.Reasoning.Llm;

/// <summary>Writes earlier messages as data lines: the latest ones, as many as there is room for.</summary>
internal static class ContextLines
{
    private const int MaxMessages = 20;

    public static List<string> Write(IReadOnlyList<ContextMessage> context, LlmReasonerOptions options)
    {
        var room = options.MaxPromptChars / 2;
        var lines = new List<string>();
        foreach (var message in context.TakeLast(MaxMessages).Reverse())
        {
            var line = Prompt.Line(("from", message.Role), ("text", PassageLines.Gist(message.Text, options.MaxGistChars * 2)));
            room -= line.Length;
            if (room < 0)
            {
                break;
            }

            lines.Insert(0, line);
        }

        return lines;
    }
}
