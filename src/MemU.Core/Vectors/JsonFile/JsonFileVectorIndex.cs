using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemU.Vectors;

/// <summary>
/// Keeps the vectors of all spaces in one JSON file, the format of the Python code, and what is new in a journal beside it until it is folded in: now and then,
/// and when the index is disposed. Thread-safe; several processes may share the files: each sees what another wrote with its next operation, and
/// what programs wrote that are not ours two milliseconds later. A damaged file is never touched.
/// </summary>
internal sealed partial class JsonFileVectorIndex : IVectorIndex, IDataPart, IKnowsSpaces, IKnowsCommitted, IAsyncDisposable, IDisposable
{
    private readonly VectorFile file;
    private readonly VectorWriter writer;
    private readonly VectorFileSearch search;
    private readonly ILogger log;
    private readonly Lock guard = new();
    private Task folding = Task.CompletedTask;

    /// <summary>Nothing is opened or made yet.</summary>
    /// <param name="path">The file; its folder is made at the first write.</param>
    /// <param name="time">The clock of the waiting for other writers; null for the system's.</param>
    /// <param name="options">How the file is kept; null for the usual way.</param>
    /// <param name="spaces">Where the vectors of spaces are kept for questions; null for a cache of its own.</param>
    /// <param name="log">Told what is odd; null for nobody.</param>
    public JsonFileVectorIndex(
        string path, TimeProvider? time = null, JsonFileOptions? options = null, SpaceVectorsCache? spaces = null, ILogger<JsonFileVectorIndex>? log = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        this.log = log ?? NullLogger<JsonFileVectorIndex>.Instance;
        options ??= new JsonFileOptions();
        file = new VectorFile(Path.GetFullPath(path), time ?? TimeProvider.System, options, this.log);
        writer = new VectorWriter(file, options);
        search = new VectorFileSearch(file, spaces ?? new SpaceVectorsCache(SpaceVectorsCache.DefaultBudget, VectorSearchMode.Auto));
    }

    public string Provider => VectorFileFault.Provider;

    public bool IsPartOfStore => false;

    public async Task EnsureUsableAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        (await file.UseAsync("read", cancellationToken)).Dispose();
        await file.ProbeAsync();
    }

    public Task ApplyAsync(MemoryScope scope, VectorChanges changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(changes);
        cancellationToken.ThrowIfCancellationRequested();
        VectorRules.Check(changes);
        return changes.Removed.Count + changes.Upserted.Count == 0 ? Task.CompletedTask : WriteAsync(scope, _ => Task.FromResult(changes), cancellationToken);
    }

    public Task ApplyInTurnAsync(MemoryScope scope, Func<CancellationToken, Task<VectorChanges>> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return WriteAsync(scope, changes, cancellationToken);
    }

    public async Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await Folding();

        // Without its folder there is nothing to erase, and no lock to take.
        var erased = Directory.Exists(file.Paths.Folder) ? await new VectorFileFolding(file).EraseAsync(scope, cancellationToken) : 0;
        search.Drop(scope);
        return erased;
    }

    public async Task<IReadOnlyList<VectorRecord>> GetAsync(
        MemoryScope scope, string collection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        Check(scope, collection);
        return await file.ReadAsync<VectorRecord[]>(
            state => [.. ids.Distinct(StringComparer.Ordinal).Select(id => state.Find(scope, collection, id)).OfType<VectorRecord>()], cancellationToken);
    }

    public Task<VectorHits> QueryAsync(MemoryScope scope, VectorQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        VectorRules.Check(query);
        return search.QueryAsync(scope, query, cancellationToken);
    }

    public async IAsyncEnumerable<VectorRecord> ListAsync(
        MemoryScope scope, string collection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check(scope, collection);
        string? last = null;
        while (true)
        {
            using var state = await file.UseAsync("read", cancellationToken);
            using var records = state.List(scope, collection).GetEnumerator();
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    if (!records.MoveNext())
                    {
                        yield break;
                    }
                }
                catch (Exception e) when (e is SidecarDamage or SnapshotChanged)
                {
                    // What comes after the last entry is read anew.
                    await file.ForgetAsync(state, e, cancellationToken);
                    break;
                }
                catch (Exception e) when (file.Described("read", e) is { } described)
                {
                    throw described;
                }

                if (last is null || string.CompareOrdinal(records.Current.Id, last) > 0)
                {
                    last = records.Current.Id;
                    yield return records.Current;
                }
            }
        }
    }

    /// <summary>
    /// Closes the files. The last of those who wrote into them folds the journal into the JSON file; the others leave that to it, so that many
    /// processes on a large file do not copy it one after the other.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await Folding();
        if (writer.TryLeave() && (File.Exists(file.Paths.Journal) || File.Exists(file.Paths.Writers)))
        {
            await TryFoldAsync(new VectorFileFolding(file).FoldLastAsync);
        }

        file.Close();
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => Task.Run(async () => await DisposeAsync()).GetAwaiter().GetResult();

    private static void Check(MemoryScope scope, string collection)
    {
        ArgumentNullException.ThrowIfNull(scope);
        VectorRules.CheckCollection(collection);
    }

    private async Task WriteAsync(MemoryScope scope, Func<CancellationToken, Task<VectorChanges>> changes, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(new VectorWrite(scope, changes, cancellationToken), cancellationToken);
        if (writer.IsDue)
        {
            // Behind the writer's back: what it wrote is stored already.
            lock (guard)
            {
                folding = folding.IsCompleted ? Task.Run(() => TryFoldAsync(new VectorFileFolding(file).FoldAsync), CancellationToken.None) : folding;
            }
        }
    }

    private Task Folding()
    {
        lock (guard)
        {
            return folding;
        }
    }

    private async Task TryFoldAsync(Func<CancellationToken, Task> fold)
    {
        try
        {
            await fold(CancellationToken.None);
            writer.OnFolded();
        }
        catch (MemoryStoreException e)
        {
            // Nothing is lost: the journal holds it, and the next one tries again.
            writer.Postpone();
            FoldingFailed(e, file.Path);
        }
    }

    [LoggerMessage(2, LogLevel.Warning, "The journal of the vector file '{Path}' could not be folded into it; everything is in the journal, and it is tried again later.")]
    private partial void FoldingFailed(Exception exception, string path);
}
