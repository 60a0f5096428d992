using System.Text.Json.Nodes;

namespace MemU.Reasoning.Llm;

/// <summary>Splits a resource where its topic or its time changes. What is short, and what is no conversation, costs no call.</summary>
internal sealed class SegmentTask(ModelCaller model, LlmReasonerOptions options)
{
    public const string Name = "segment";

    private const string Instructions =
        """
        You divide a long conversation into stretches that each have one topic.
        Begin a new stretch where the talk turns to something else or where much time has passed between two messages. Keep a question and its answer together.
        Prefer a few long stretches to many short ones; a conversation about one thing is one stretch.
        Also give the conversation a caption: one sentence, in its own language, that says who talked about what. If an earlier part was already captioned, let the caption cover that part too.
        """;

    private const string Shape =
        """{"segments":[{"start":<n of the first message>,"end":<n of the last message>}],"caption":"<one sentence>"}""";

    public async Task<Segmentation> RunAsync(SegmentRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        var passages = request.Passages;
        if (passages.Count == 0)
        {
            return new([], null);
        }

        if (request.Modality != Modality.Conversation)
        {
            return new(PassageLines.Runs(passages, 0, passages.Count - 1, options.MaxSegmentChars), null);
        }

        if (passages.Sum(p => (long)p.Text.Length) <= options.MaxUnsplitChars)
        {
            return new([new(0, passages.Count - 1)], null);
        }

        var segments = new List<Segment>();
        string? caption = null;
        foreach (var window in PassageLines.Runs(passages, 0, passages.Count - 1, options.MaxPromptChars, options.MaxGistChars))
        {
            var (starts, newCaption) = await AskAsync(passages, window, caption, log, cancellationToken);
            caption = newCaption ?? caption;
            segments.AddRange(Cover(window, starts).SelectMany(s => PassageLines.Runs(passages, s.Start, s.End, options.MaxSegmentChars)));
        }

        return new(segments, caption);
    }

    private async Task<Answer> AskAsync(IReadOnlyList<Passage> passages, Segment window, string? caption, ReasoningLog log, CancellationToken cancellationToken)
    {
        var shown = passages.Skip(window.Start).Take(window.End - window.Start + 1);
        var prompt = new Prompt(options.Prompts.GetValueOrDefault(Name, Instructions), Shape)
            .With("caption_so_far", caption is null ? [] : [Prompt.Line(caption)])
            .With("messages", PassageLines.Write(shown, window.Start + 1, options.MaxGistChars));
        return await model.AskAsync(new ModelAsk<Answer>(Name, prompt, (json, tally) => Read(json, tally, window)), log, cancellationToken);
    }

    private static Answer? Read(TolerantAnswer json, DropTally tally, Segment window)
    {
        if (json.ObjectWithList("segments", "start", "end") is not { } answer)
        {
            return null;
        }

        var starts = new SortedSet<int>();
        foreach (var element in answer.Elements("segments"))
        {
            if (Start(element) is { } n && n - 1 >= window.Start && n - 1 <= window.End)
            {
                starts.Add(n - 1);
            }
            else
            {
                tally.Drop("segment whose 'start' is no message");
            }
        }

        var caption = answer.Text("caption")?.Trim();
        return starts.Count == 0 ? null : new(starts, MemoryTextGuard.IsStorable(caption, out _) ? caption : null);
    }

    private static int? Start(JsonNode? element) => element switch
    {
        JsonObject o => JsonFields.AsNumber(o.Field("start")),
        JsonArray { Count: > 0 } pair => JsonFields.AsNumber(pair[0]),
        _ => JsonFields.AsNumber(element),
    };

    // Only the starts count: gaps and overlaps of the answer cannot leave a message out or take one twice.
    private static IEnumerable<Segment> Cover(Segment window, SortedSet<int> starts)
    {
        var start = window.Start;
        foreach (var next in starts.Where(s => s > window.Start))
        {
            yield return new(start, next - 1);
            start = next;
        }

        yield return new(start, window.End);
    }

    private sealed record Answer(SortedSet<int> Starts, string? Caption);
}
