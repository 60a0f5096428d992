namespace MemU.Storage;

/// <summary>The operator's view of a metadata store, across spaces. A capability of its own: code that serves a user never holds it.</summary>
public interface IMemoryCatalog
{
    /// <summary>
    /// Brings the schema to this version (a copy of a file that is upgraded is made beside it first) and returns the names of the steps applied;
    /// empty when it was up to date. Idempotent; safe when several processes start at once.
    /// </summary>
    Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken);

    /// <summary>All spaces that hold anything, ordered by tenant, user and agent.</summary>
    IAsyncEnumerable<MemoryScope> ListSpacesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Takes what was erased out of the medium: out of free pages, logs, and copies that an upgrade made. Idempotent; spaces that others wrote anew
    /// meanwhile keep what they hold now.
    /// </summary>
    /// <exception cref="MemoryStoreException">Something could not be cleaned; call it again.</exception>
    Task ScrubAsync(IReadOnlyCollection<MemoryScope> erased, CancellationToken cancellationToken);

    /// <summary>All erasures on record, oldest first.</summary>
    IAsyncEnumerable<ErasureRecord> ListErasuresAsync(CancellationToken cancellationToken);

    /// <summary>Those of these ids that stand for a record of any space.</summary>
    Task<IReadOnlySet<string>> ListKnownIdsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Begins work that replaces or removes all data in several steps. Until it ends the data is refused to everybody else; when it is cut short it is refused
    /// with an error that names the command.
    /// </summary>
    /// <param name="command">The command line that does, and again completes, the work.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="MemoryStoreException">Another process is doing such work.</exception>
    Task<IUndertaking> BeginReplacingAsync(string command, CancellationToken cancellationToken) => Task.FromResult<IUndertaking>(new UnrecordedUndertaking());

    /// <summary>Holds back commits of every process until disposed; reads go on.</summary>
    Task<IAsyncDisposable> PauseWritesAsync(CancellationToken cancellationToken);
}
