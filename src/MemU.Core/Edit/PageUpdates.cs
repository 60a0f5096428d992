using MemU.Commit;
using MemU.Storage;

namespace MemU.Edit;

/// <summary>What an edit writes about category pages.</summary>
/// <param name="Summaries">The new summaries.</param>
internal sealed record PageUpdates(IReadOnlyList<SummaryWrite> Summaries)
{
    /// <summary>The summaries to embed.</summary>
    public IEnumerable<TextToEmbed> Texts =>
        Summaries.Where(s => s.Summary is not null).Select(s => new TextToEmbed(VectorCollections.CategorySummaries, s.CategoryId, s.Summary!));

    /// <summary>The vectors of pages that are empty now.</summary>
    public IReadOnlyList<(string Collection, string Id)> RemovedVectors =>
        [.. Summaries.Where(s => s.Summary is null).Select(s => (VectorCollections.CategorySummaries, s.CategoryId))];
}
