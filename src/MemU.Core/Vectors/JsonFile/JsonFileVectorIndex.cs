using System.Runtime.CompilerServices;

namespace MemU.Vectors;

/// <summary>
/// Keeps the vectors of all spaces in one JSON file, the format of the Python code. Thread-safe; several processes may share the file: each sees what
/// another wrote with its next operation. A damaged file is never touched.
/// </summary>
internal sealed partial class JsonFileVectorIndex : IVectorIndex, IDataPart, IKnowsSpaces
{
    private readonly VectorFile file;

    /// <summary>Nothing is opened or made yet.</summary>
    /// <param name="path">The file; its folder is made at the first write.</param>
    /// <param name="time">The clock of the waiting for other writers; null for the system's.</param>
    public JsonFileVectorIndex(string path, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        file = new VectorFile(Path.GetFullPath(path), time ?? TimeProvider.System);
    }

    public string Provider => VectorFileFault.Provider;

    public bool IsPartOfStore => false;

    public async Task EnsureUsableAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await file.ReadAsync(cancellationToken);
        await file.ProbeAsync();
    }

    public async Task ApplyAsync(MemoryScope scope, VectorChanges changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(changes);
        cancellationToken.ThrowIfCancellationRequested();
        VectorRules.Check(changes);
        if (changes.Removed.Count + changes.Upserted.Count > 0)
        {
            await file.ChangeAsync(content => Task.FromResult(content.With(scope, changes)), cancellationToken);
        }
    }

    public Task ApplyInTurnAsync(MemoryScope scope, Func<CancellationToken, Task<VectorChanges>> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return file.ChangeAsync(
            async content =>
            {
                var answer = await changes(cancellationToken);
                VectorRules.Check(answer);
                return content.With(scope, answer);
            },
            cancellationToken);
    }

    public async Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!Path.Exists(file.Target))
        {
            return 0;
        }

        long erased = 0;
        await file.ChangeAsync(
            content =>
            {
                (string Collection, string Id)[] all = [.. VectorCollections.All.SelectMany(c => content.EntriesOf(scope, c).Select(e => (c, e.Id)))];
                erased = all.Length;
                File.Delete(file.TemporaryPath); // what a process that died left of an older content
                return Task.FromResult(content.With(scope, new VectorChanges { Removed = all }));
            },
            cancellationToken);
        return erased;
    }

    public async Task<IReadOnlyList<VectorRecord>> GetAsync(
        MemoryScope scope, string collection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(scope, collection, cancellationToken);
        return [.. ids.Distinct(StringComparer.Ordinal).Select(id => content.Find(scope, collection, id)).OfType<VectorFileEntry>().Select(e => e.ToRecord(collection))];
    }

    public async Task<VectorHits> QueryAsync(MemoryScope scope, VectorQuery query, CancellationToken cancellationToken)
    {
        var search = new ExactSearch(query);
        var content = await ReadAsync(scope, query.Collection, cancellationToken);
        foreach (var entry in content.EntriesOf(scope, query.Collection))
        {
            search.Offer(entry.Id, entry.Vector, entry.Length, entry.Model);
        }

        return search.Hits;
    }

    public async IAsyncEnumerable<VectorRecord> ListAsync(
        MemoryScope scope, string collection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var content = await ReadAsync(scope, collection, cancellationToken);
        foreach (var entry in content.EntriesOf(scope, collection))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry.ToRecord(collection);
        }
    }

    private Task<VectorFileContent> ReadAsync(MemoryScope scope, string collection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        VectorRules.CheckCollection(collection);
        return file.ReadAsync(cancellationToken);
    }
}
