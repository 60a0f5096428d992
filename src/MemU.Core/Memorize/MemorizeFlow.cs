using System.Security.Cryptography;
using MemU.Commit;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Memorize;

/// <summary>
/// The memorize flow: fetch → read → segment → extract → (store: assign → summarise → embed → commit). All thinking comes before the first write.
/// Thread-safe.
/// </summary>
internal sealed class MemorizeFlow(
    IMemoryStore store, IVectorIndex index, IBlobStore blobs, IMemoryReasoner reasoner, SourceFetcher fetcher, SourceReader reader, PassageMaker passages,
    SourceExtractor extractor, SourceStorer storer, SpaceWriter writer, IdSource ids, MemorizeOptions defaults)
{
    private const int Attempts = 8;

    /// <summary>Memorizes one source.</summary>
    /// <param name="scope">The space.</param>
    /// <param name="source">The source.</param>
    /// <param name="modality">Its kind; null to guess.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="progress">Told of every step.</param>
    /// <param name="accepted">The erasure mark of when it was accepted; null for now. Of a space that was erased since nothing is stored.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="SpaceErasedException">The space was erased meanwhile.</exception>
    public async Task<MemorizeResult> RunAsync(
        MemoryScope scope, ResourceRef source, Modality? modality, MemorizeOptions? options,
        IProgress<MemorizeProgress>? progress, long? accepted, CancellationToken cancellationToken)
    {
        options ??= defaults;
        var log = new ReasoningLog();
        var steps = new StageReporter(progress, source.DisplayName);
        await index.EnsureUsableAsync(scope, cancellationToken);
        var mark = accepted ?? await store.GetErasureMarkAsync(scope, cancellationToken);
        await EnsureNotErasedAsync(scope, mark, cancellationToken);
        await writer.DeliverOwedAsync(scope, cancellationToken);

        steps.Report(MemorizeStage.Fetch);
        var fetched = await fetcher.FetchAsync(source, options.MaxSourceBytes, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var known = await FindAsync(scope, fetched, cancellationToken);
            if (known?.ContentHash == fetched.Hash && (modality is null || modality == known.Modality))
            {
                await KeepContentAsync(scope, known, fetched, mark, cancellationToken);
                steps.Report(MemorizeStage.Done);
                return await UnchangedAsync(scope, known, options, log, cancellationToken);
            }

            var prepared = await PrepareAsync(scope, fetched, known, modality, options, log, steps, mark, cancellationToken);
            try
            {
                var result = await storer.StoreAsync(scope, prepared, options, log, steps, cancellationToken);
                steps.Report(MemorizeStage.Done);
                return result;
            }
            catch (ConcurrentChangeException) when (attempt < Attempts)
            {
                // Somebody memorized the same source meanwhile: look again at what is known.
            }
        }
    }

    /// <summary>Memorizes many sources, one after the other; a failure is the result of its source only.</summary>
    public async Task<IReadOnlyList<BatchEntry>> RunManyAsync(
        MemoryScope scope, IEnumerable<SourceToMemorize> sources, MemorizeOptions? options,
        IProgress<MemorizeProgress>? progress, CancellationToken cancellationToken)
    {
        List<BatchEntry> entries = [];
        foreach (var source in sources)
        {
            try
            {
                entries.Add(new BatchEntry(source.Source, await RunAsync(scope, source.Source, source.Modality, options, progress, accepted: null, cancellationToken), null));
            }
            catch (Exception e) when (e is MemUException or ArgumentException)
            {
                entries.Add(new BatchEntry(source.Source, null, e));
            }
        }

        return entries;
    }

    private async Task<Resource?> FindAsync(MemoryScope scope, FetchedSource fetched, CancellationToken cancellationToken) =>
        await store.GetResourceByUrlAsync(scope, fetched.Url, cancellationToken)
        ?? (fetched.FormerUrl is { } former && await store.GetResourceByUrlAsync(scope, former, cancellationToken) is { ContentHash: null } python
            && await IsCopyAsync(python.LocalPath, fetched, cancellationToken) ? python : null);

    /// <summary>The Python code stores a path as it was typed, which may mean another file here: only the same bytes are the same source.</summary>
    private static async Task<bool> IsCopyAsync(string path, FetchedSource fetched, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        await using var copy = File.OpenRead(path);
        return await HashAsync(copy, cancellationToken) == fetched.Hash;
    }

    /// <summary>Bytes that were lost or damaged are mended when their source is memorized again.</summary>
    private async Task KeepContentAsync(MemoryScope scope, Resource known, FetchedSource fetched, long mark, CancellationToken cancellationToken)
    {
        await using (var kept = await blobs.OpenAsync(scope, known.LocalPath, cancellationToken))
        {
            if (kept is not null && await IsAsync(kept, fetched.Hash, cancellationToken))
            {
                return;
            }
        }

        await blobs.DeleteAsync(scope, known.LocalPath, cancellationToken);
        var put = await blobs.PutAsync(scope, fetched.Content, fetched.FileName, CancellationToken.None);
        if (await store.IsErasedSinceAsync(scope, mark, CancellationToken.None))
        {
            await BlobRemoval.RemoveUnusedAsync(store, blobs, scope, [put.Key]);
            throw new SpaceErasedException(scope);
        }
    }

    private async Task EnsureNotErasedAsync(MemoryScope scope, long mark, CancellationToken cancellationToken)
    {
        if (await store.IsErasedSinceAsync(scope, mark, cancellationToken))
        {
            throw new SpaceErasedException(scope);
        }
    }

    private static async Task<bool> IsAsync(Stream kept, string hash, CancellationToken cancellationToken)
    {
        try
        {
            return await HashAsync(kept, cancellationToken) == hash;
        }
        catch (MemoryStoreException e) when (!e.IsTransient)
        {
            // Encrypted bytes that were damaged give an error where others would give another hash.
            return false;
        }
    }

    private static async Task<string> HashAsync(Stream bytes, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, cancellationToken));

    private async Task<PreparedSource> PrepareAsync(
        MemoryScope scope, FetchedSource fetched, Resource? known, Modality? wanted, MemorizeOptions options,
        ReasoningLog log, StageReporter steps, long mark, CancellationToken cancellationToken)
    {
        steps.Report(MemorizeStage.Read);
        var modality = await reader.ModalityOfAsync(fetched, wanted, cancellationToken);
        var description = modality.IsMedia ? await DescribeAsync(scope, fetched, modality, log, cancellationToken) : null;
        var read = description is null
            ? await reader.ReadAsync(fetched, modality, cancellationToken)
            : SourceReader.ReadDescription(description.Text, fetched.FileName);
        foreach (var note in read.Notes)
        {
            log.Note(note);
        }

        var resourceId = known?.Id ?? ids.Next();
        var before = known is null ? [] : await store.AllPassagesAsync(scope, known.Id, cancellationToken);
        var kept = passages.Make(scope, resourceId, read, before);
        var extracted = await extractor.ExtractAsync(scope, modality, kept, description?.Caption, options, log, steps, cancellationToken);
        return new PreparedSource
        {
            Fetched = fetched,
            ErasureMark = mark,
            Modality = modality,
            Known = known,
            KnownPassages = before,
            ResourceId = resourceId,
            Passages = extracted.Passages,
            Items = extracted.Items,
            Caption = extracted.Caption,
        };
    }

    private Task<MediaDescription> DescribeAsync(
        MemoryScope scope, FetchedSource fetched, Modality modality, ReasoningLog log, CancellationToken cancellationToken) =>
        reasoner.DescribeAsync(
            scope, new MediaRequest(modality, fetched.Content, fetched.FileName, fetched.MediaType ?? MediaTypes.Of(fetched.FileName, modality)), log, cancellationToken);

    private async Task<MemorizeResult> UnchangedAsync(
        MemoryScope scope, Resource known, MemorizeOptions options, ReasoningLog log, CancellationToken cancellationToken)
    {
        var names = options.Categories.Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new MemorizeResult
        {
            Outcome = MemorizeOutcome.Unchanged,
            Resource = known,
            Items = [],
            Categories = [.. (await store.AllCategoriesAsync(scope, cancellationToken)).Where(c => names.Contains(c.Name))],
            Relations = [],
            Passages = (await store.AllPassagesAsync(scope, known.Id, cancellationToken)).Count,
            Engine = reasoner.Name,
            Usage = log.Usage,
        };
    }
}
