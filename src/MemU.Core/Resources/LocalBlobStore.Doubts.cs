using MemU.Files;

namespace MemU.Resources;

/// <summary>What is being decided: an empty file for each, named <c>space key - hash - something</c>, locked by whoever decides.</summary>
internal sealed partial class LocalBlobStore
{
    private readonly string doubts;

    public Task<BlobDoubt> DoubtAsync(MemoryScope scope, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Doubt(scope, BlobName.HashOf(content.Span), cancellationToken);

    public Task<BlobDoubt> DoubtAsync(MemoryScope scope, string key, CancellationToken cancellationToken) =>
        BlobName.InSpace(scope, key) is { } name ? Doubt(scope, BlobName.HashIn(name), cancellationToken) : Task.FromResult(BlobDoubt.None);

    private Task<BlobDoubt> Doubt(MemoryScope scope, string hash, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        cancellationToken.ThrowIfCancellationRequested();
        var note = Doubts(() => HeldNote.Leave(doubts, $"{scope.Key}-{hash}-"));
        return Task.FromResult(new BlobDoubt([], note.Dispose, note.Keep));
    }

    public Task<IReadOnlyList<BlobDoubt>> TakeDoubtsAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        cancellationToken.ThrowIfCancellationRequested();
        List<BlobDoubt> taken = [];
        foreach (var note in Doubts(() => HeldNote.TakeAbandoned(doubts, $"{scope.Key}-")))
        {
            var hash = HashIn(note.Name);
            RemoveUnfinished(scope.Key, hash);
            taken.Add(new BlobDoubt([.. BlobsOf(scope.Key, hash).Select(name => $"{scope.Key}/{name}")], note.Dispose, note.Keep));
        }

        return Task.FromResult<IReadOnlyList<BlobDoubt>>(taken);
    }

    public Task<IReadOnlyList<string>> ListDoubtfulAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<string>>([.. DoubtfulIn(scope.Key).Select(name => $"{scope.Key}/{name}")]);
    }

    private static string HashIn(string note) => note.Split('-')[1];

    private IEnumerable<string> DoubtfulIn(string space) =>
        Doubts(() => HeldNote.List(doubts, $"{space}-")).Select(HashIn).Distinct(StringComparer.Ordinal).SelectMany(hash => BlobsOf(space, hash));

    private IEnumerable<string> BlobsOf(string space, string hash) =>
        NamesIn(space).Where(name => BlobName.IsBlob(name) && name.StartsWith(hash, StringComparison.Ordinal));

    /// <summary>Removes what the dead process had begun to write; what another process writes at this moment is locked and stays.</summary>
    private void RemoveUnfinished(string space, string hash)
    {
        foreach (var name in NamesIn(space).Where(n => IsTemporary(n) && n.StartsWith($".{hash}", StringComparison.Ordinal)))
        {
            try
            {
                using var free = new FileStream(Path.Combine(root, space, name), FileMode.Open, FileAccess.ReadWrite, FileShare.None | FileShare.Delete);
                File.Delete(free.Name);
            }
            catch (IOException e) when (e is FileNotFoundException || FileLock.IsTaken(e))
            {
                // Gone, or somebody's.
            }
        }
    }

    private T Doubts<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault("put", $"The folder '{doubts}' cannot be used. Check that it can be written and the disk is not full.", e);
        }
    }
}
