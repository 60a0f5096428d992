using System.Runtime.CompilerServices;

namespace MemU.InMemory;

/// <summary>The operator's view of the store.</summary>
internal sealed partial class InMemoryStore
{
    public string PartName => "metadata";

    public IReadOnlyList<string> Locations => [];

    public Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<string>>([]);
    }

    public async IAsyncEnumerable<MemoryScope> ListSpacesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var scopes = state.Spaces.Where(s => !s.Value.IsEmpty).Select(s => s.Key)
            .OrderBy(s => s.Tenant, StringComparer.Ordinal).ThenBy(s => s.User, StringComparer.Ordinal).ThenBy(s => s.Agent, StringComparer.Ordinal);
        foreach (var scope in scopes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return scope;
        }
    }

    public async Task<IAsyncDisposable> PauseWritesAsync(CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        return new WritePause(writing);
    }

    public Task<bool> HasDataAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(state.Spaces.Values.Any(s => !s.IsEmpty));
    }

    public Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken) =>
        Task.FromException(InMemoryData.NoCopy(PartName, "backup"));

    public Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken) =>
        Task.FromException(InMemoryData.NoCopy(PartName, "restore"));

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            await (ownVectors?.ResetAsync(cancellationToken) ?? Task.CompletedTask);
            state = InMemoryState.Empty with
            {
                LastRevision = state.LastRevision, LastSequence = state.LastSequence, ErasureMark = state.ErasureMark, ErasedAt = state.ErasedAt,
            };
        }
        finally
        {
            writing.Release();
        }
    }

    public IAsyncEnumerable<Finding> CheckAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<Finding>();

    private sealed class WritePause(SemaphoreSlim writing) : IAsyncDisposable
    {
        private SemaphoreSlim? held = writing;

        public ValueTask DisposeAsync()
        {
            Interlocked.Exchange(ref held, null)?.Release();
            return ValueTask.CompletedTask;
        }
    }
}
