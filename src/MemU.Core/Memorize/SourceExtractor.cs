using MemU.Reasoning;

namespace MemU.Memorize;

/// <summary>Segments a source and draws memories from its segments, a bounded number at once. Thread-safe.</summary>
internal sealed class SourceExtractor(IMemoryReasoner reasoner)
{
    // Instructions to the assistant and output of tools are kept as passages, but they are not the user's life.
    private static readonly HashSet<string> Unspoken = new(StringComparer.OrdinalIgnoreCase) { "system", "developer", "tool", "function" };

    public async Task<ExtractedSource> ExtractAsync(
        MemoryScope scope, Modality modality, IReadOnlyList<Passage> passages, string? knownCaption, MemorizeOptions options,
        ReasoningLog log, StageReporter steps, CancellationToken cancellationToken)
    {
        steps.Report(MemorizeStage.Segment);
        var segmentation = await reasoner.SegmentAsync(scope, new SegmentRequest(modality, passages), log, cancellationToken);
        Passage[] segmented = [.. segmentation.Segments.SelectMany((s, n) => passages.Skip(s.Start).Take(s.End - s.Start + 1).Select(p => p with { Segment = n }))];
        if (segmented.Length != passages.Count)
        {
            throw new ReasonerException($"'{reasoner.Name}' split {passages.Count} passages into segments that hold {segmented.Length}.") { Task = "segment" };
        }

        Passage[][] spoken = [.. segmented.Where(p => p.Role is null || !Unspoken.Contains(p.Role)).GroupBy(p => p.Segment).Select(g => g.ToArray())];
        var caption = Usable(knownCaption) ?? Usable(segmentation.Caption);
        var extractions = new Extraction[spoken.Length];
        var done = 0;
        steps.Report(MemorizeStage.Extract, 0, spoken.Length);
        await Parallel.ForAsync(
            0, spoken.Length, new ParallelOptions { MaxDegreeOfParallelism = options.MaxParallelism, CancellationToken = cancellationToken },
            async (n, token) =>
            {
                extractions[n] = await reasoner.ExtractAsync(scope, Request(modality, spoken[n], n == 0 && caption is null, options), log, token);
                steps.Report(MemorizeStage.Extract, Interlocked.Increment(ref done), spoken.Length);
            });

        return new ExtractedSource(
            segmented,
            Clean([.. extractions.SelectMany(e => e.Items)], log),
            caption ?? extractions.Select(e => Usable(e.Caption)).FirstOrDefault(c => c is not null));
    }

    private static ExtractRequest Request(Modality modality, Passage[] passages, bool wantCaption, MemorizeOptions options) => new()
    {
        Modality = modality,
        Passages = passages,
        MemoryTypes = options.MemoryTypes,
        Categories = options.Categories,
        TypeInstructions = options.MemoryTypePrompts,
        Instructions = options.SummaryPrompts.GetValueOrDefault(modality.Name) ?? options.DefaultSummaryPrompt,
        WantCaption = wantCaption,
    };

    /// <summary>Leaves out what is no memory, and what is said twice.</summary>
    private static List<ItemDraft> Clean(IReadOnlyList<ItemDraft> drafts, ReasoningLog log)
    {
        var items = new Dictionary<(string Type, string Content), ItemDraft>();
        var refused = 0;
        foreach (var draft in drafts)
        {
            var content = draft.Content.Trim();
            if (!MemoryTextGuard.IsStorable(content, out _))
            {
                refused++;
            }
            else if (items.TryGetValue((draft.MemoryType, content), out var same))
            {
                items[(draft.MemoryType, content)] = same with
                {
                    PassageIds = [.. same.PassageIds.Union(draft.PassageIds)],
                    Categories = [.. same.Categories.Union(draft.Categories, StringComparer.OrdinalIgnoreCase)],
                };
            }
            else
            {
                items[(draft.MemoryType, content)] = draft with { Content = content };
            }
        }

        if (refused > 0)
        {
            log.Note($"{refused} extracted entries were left out: they were empty, placeholders or refusals.");
        }

        return [.. items.Values];
    }

    private static string? Usable(string? caption) => caption?.Trim() is { Length: > 0 } text && MemoryTextGuard.IsStorable(text, out _) ? text : null;
}
