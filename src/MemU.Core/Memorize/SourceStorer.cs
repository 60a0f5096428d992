using MemU.Commit;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Memorize;

/// <summary>
/// Brings a prepared source together with what the space holds (assign → summarise → embed) and commits it. When another writer was faster, the
/// part that depends on the space is computed again. Thread-safe.
/// </summary>
internal sealed class SourceStorer(
    IMemoryStore store, IVectorIndex index, IBlobStore blobs, IMemoryReasoner reasoner, EmbeddingModel embeddings,
    ItemMatcher matcher, CategoryPages pages, SpaceWriter writer, SpaceTurns turns, TimeProvider time)
{
    private const int Attempts = 20;

    /// <exception cref="SpaceErasedException">The space was erased meanwhile.</exception>
    /// <exception cref="ConcurrentChangeException">The source itself was memorized by somebody else meanwhile.</exception>
    public async Task<MemorizeResult> StoreAsync(
        MemoryScope scope, PreparedSource source, MemorizeOptions options, ReasoningLog log, StageReporter steps, CancellationToken cancellationToken)
    {
        using var turn = await turns.TakeAsync(scope, cancellationToken);
        var vectors = new VectorBuilder(scope, store, index, embeddings, log);
        BlobReference? blob = null;
        using var doubt = await blobs.DoubtAsync(scope, source.Fetched.Content, cancellationToken);
        using var former = source.Known is { ContentHash: not null } known ? await blobs.DoubtAsync(scope, known.LocalPath, cancellationToken) : null;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var items = await matcher.MatchAsync(scope, source, cancellationToken);
                var update = await pages.UpdateAsync(scope, items, options, vectors, log, steps, cancellationToken);
                steps.Report(MemorizeStage.Embed);
                var caption = source.Caption ?? source.Known?.Caption;
                var records = await vectors.BuildAsync(TextsOf(source, caption, items, update), cancellationToken);

                steps.Report(MemorizeStage.Commit);

                if (await store.IsErasedSinceAsync(scope, source.ErasureMark, cancellationToken))
                {
                    throw new SpaceErasedException(scope);
                }

                var put = await blobs.PutAsync(scope, source.Fetched.Content, source.Fetched.FileName, cancellationToken);
                blob = put with { IsNew = put.IsNew || (blob is { IsNew: true } && blob.Key == put.Key) };
                var resource = ResourceOf(scope, source, caption, blob);
                try
                {
                    var indexed = await writer.CommitAsync(scope, ChangesOf(scope, source, resource, items, update, records), cancellationToken);
                    await KeepBlobAsync(scope, source, [doubt, former]);
                    await RemoveFormerBlobAsync(scope, source.Known, blob);
                    doubt.Settle();
                    former?.Settle();
                    return Result(source, resource, items, update, options, log, indexed);
                }
                catch (ConcurrentChangeException) when (attempt < Attempts)
                {
                    if (!await IsSameAsync(scope, source, cancellationToken))
                    {
                        throw;
                    }

                    // A category page was rewritten meanwhile: take up its new text.
                }
            }
        }
        catch (Exception) when (blob is null)
        {
            doubt.Settle();
            former?.Settle();
            throw;
        }
        catch (Exception e) when (blob is { IsNew: true } && e is not ConcurrentChangeException)
        {
            await BlobRemoval.RemoveUnusedAsync(store, blobs, scope, [blob.Key]);
            doubt.Settle();
            SettleIfErased(former, e);
            throw;
        }
    }

    /// <summary>Nobody uses an erased space next, who could settle it.</summary>
    private static void SettleIfErased(BlobDoubt? doubt, Exception e)
    {
        if (e is SpaceErasedException)
        {
            doubt?.Settle();
        }
    }

    private async Task<bool> IsSameAsync(MemoryScope scope, PreparedSource source, CancellationToken cancellationToken)
    {
        var now = await store.GetResourceByUrlAsync(scope, source.Known?.Url ?? source.Fetched.Url, cancellationToken);
        return now?.Id == source.Known?.Id && now?.ContentHash == source.Known?.ContentHash;
    }

    private List<TextToEmbed> TextsOf(PreparedSource source, string? caption, MatchedItems items, PagesUpdate update) =>
    [
        new(VectorCollections.Resources, source.ResourceId, caption ?? source.Known?.Url ?? source.Fetched.Url),
        .. items.Stored.Select(i => new TextToEmbed(VectorCollections.Items, i.Id, i.Summary)),
        .. update.Categories.Select(c => new TextToEmbed(VectorCollections.Categories, c.Id, c.EmbeddingText)),
        .. update.Summaries.Where(s => s.Summary is not null).Select(s => new TextToEmbed(VectorCollections.CategorySummaries, s.CategoryId, s.Summary!)),
        .. embeddings.IsOffline ? [] : source.Passages.Select(p => new TextToEmbed(VectorCollections.Passages, p.Id, p.Text)),
    ];

    private Resource ResourceOf(MemoryScope scope, PreparedSource source, string? caption, BlobReference blob) => new()
    {
        Scope = scope,
        Id = source.ResourceId,
        Url = source.Known?.Url ?? source.Fetched.Url,
        Modality = source.Modality,
        LocalPath = blob.Key,
        Caption = caption,
        CreatedAt = source.Known?.CreatedAt ?? time.GetUtcNow(),
        ContentHash = source.Fetched.Hash,
        Size = source.Fetched.Content.Length,
    };

    private static MemoryChanges ChangesOf(
        MemoryScope scope, PreparedSource source, Resource resource, MatchedItems items, PagesUpdate update, IReadOnlyList<VectorRecord> vectors)
    {
        var kept = source.Passages.Select(p => p.Id).ToHashSet();
        return new MemoryChanges
        {
            NotErasedSince = source.ErasureMark,
            RemovedPassages = [.. source.KnownPassages.Select(p => p.Id).Where(id => !kept.Contains(id))],
            RemovedItems = [.. items.Removed.Select(i => i.Id)],

            // Other sources are unchanged, but they must still be there.
            Resources =
            [
                new ResourceWrite(resource, source.Known is not null, source.Known?.ContentHash),
                .. items.OtherSources.Select(r => new ResourceWrite(r, Exists: true, r.ContentHash)),
            ],
            ExpectedItems = items.Before,
            Passages = source.Passages,
            Categories = update.NewCategories,
            Summaries = update.Summaries,
            RemovedVectors = [.. update.Summaries.Where(s => s.Summary is null).Select(s => (VectorCollections.CategorySummaries, s.CategoryId))],
            Items = [.. items.Stored, .. items.Changed],
            Links = update.NewLinks,
            History = items.History,
            Vectors = vectors,
        };
    }

    private MemorizeResult Result(
        PreparedSource source, Resource resource, MatchedItems items, PagesUpdate update, MemorizeOptions options, ReasoningLog log, bool indexed)
    {
        var summaries = update.Summaries.ToDictionary(s => s.CategoryId, s => s.Summary);
        var names = options.Categories.Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new MemorizeResult
        {
            Outcome = source.Known is null ? MemorizeOutcome.Added : MemorizeOutcome.Replaced,
            Resource = resource,
            Items = items.Stored,
            Categories = [.. update.Categories.Where(c => names.Contains(c.Name)).Select(c => summaries.TryGetValue(c.Id, out var text) ? c with { Summary = text } : c)],
            Relations = update.NewLinks,
            Passages = source.Passages.Count,
            Engine = reasoner.Name,
            Usage = log.Usage,
            Warnings = log.Notes,
            IndexPending = !indexed,
        };
    }

    /// <summary>
    /// Whoever removed the bytes before the commit could not see that they are needed. Who erased the space after it could, and did not want them back.
    /// </summary>
    private async Task KeepBlobAsync(MemoryScope scope, PreparedSource source, IReadOnlyList<BlobDoubt?> doubts)
    {
        var kept = await blobs.PutAsync(scope, source.Fetched.Content, source.Fetched.FileName, CancellationToken.None);
        if (await store.IsErasedSinceAsync(scope, source.ErasureMark, CancellationToken.None))
        {
            await BlobRemoval.RemoveUnusedAsync(store, blobs, scope, [kept.Key]);
            foreach (var doubt in doubts)
            {
                doubt?.Settle();
            }

            throw new SpaceErasedException(scope);
        }
    }

    /// <summary>The commit is done: whoever cancels now would be told of a failure that was none. Paths of the Python code are its own.</summary>
    private Task RemoveFormerBlobAsync(MemoryScope scope, Resource? known, BlobReference blob) =>
        known is { ContentHash: not null, LocalPath.Length: > 0 } && known.LocalPath != blob.Key
            ? BlobRemoval.RemoveUnusedAsync(store, blobs, scope, [known.LocalPath])
            : Task.CompletedTask;
}
