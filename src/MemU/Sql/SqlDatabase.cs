using MemU.Storage;

namespace MemU.Sql;

/// <summary>
/// One database: how it is opened, brought to this version, copied, emptied and checked. Opening is lazy; nothing is touched before the
/// first use. Thread-safe.
/// </summary>
internal abstract class SqlDatabase : IDisposable
{
    /// <summary>The provider's name, as in the settings.</summary>
    public abstract string Provider { get; }

    /// <summary>How this database speaks.</summary>
    public abstract SqlDialect Dialect { get; }

    /// <summary>The files that hold the data, absolute; empty for a server.</summary>
    public abstract IReadOnlyList<string> Locations { get; }

    /// <summary>An open channel to a database of this version; null when there is no database yet, which reads as empty.</summary>
    public abstract Task<SqlChannel?> OpenForReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// A number that stays the same while nothing is committed, by whomever; null when only a question can tell. What is read after it is at least as new.
    /// </summary>
    public virtual long? Moment() => null;

    /// <summary>True when there is a database of this version, as far as can be told without asking it.</summary>
    public virtual bool IsReady() => false;

    /// <summary>The same, for one who has found that this moment has not passed; then it may rest on a look at the files that was taken in it a moment ago.</summary>
    public virtual bool IsReady(long moment) => IsReady();

    /// <summary>A transaction that holds the right to write; makes the database when there is none. Waits for other writers.</summary>
    public Task<SqlWrite> BeginWriteAsync(CancellationToken cancellationToken) => BeginWriteAsync(SqlWriteKind.Small, cancellationToken);

    /// <summary>The same for a write of a kind.</summary>
    public abstract Task<SqlWrite> BeginWriteAsync(SqlWriteKind kind, CancellationToken cancellationToken);

    /// <summary>Brings the schema to this version; returns the steps applied.</summary>
    public abstract Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Holds back writes of every process until disposed.</summary>
    public abstract Task<IAsyncDisposable> PauseWritesAsync(CancellationToken cancellationToken);

    /// <summary>Takes rows that were removed out of the files: free pages, logs, copies beside the database.</summary>
    public abstract Task ScrubAsync(IReadOnlyCollection<MemoryScope> erased, CancellationToken cancellationToken);

    /// <summary>Begins to replace everything; see <see cref="IMemoryCatalog.BeginReplacingAsync"/>.</summary>
    public abstract Task<IUndertaking> BeginReplacingAsync(string command, CancellationToken cancellationToken);

    /// <summary>Begins work on a space; see <see cref="IMemoryStore.BeginAsync"/>.</summary>
    public abstract Task<IUndertaking> BeginAsync(MemoryScope scope, string command, string what, CancellationToken cancellationToken);

    /// <summary>True when a restore would overwrite something.</summary>
    public abstract Task<bool> HasDataAsync(CancellationToken cancellationToken);

    /// <summary>Copies a consistent state into an existing folder.</summary>
    public abstract Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken);

    /// <summary>Replaces everything with the copy in the folder.</summary>
    public abstract Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken);

    /// <summary>Removes everything.</summary>
    public abstract Task ResetAsync(CancellationToken cancellationToken);

    /// <summary>Checks the database by itself; changes nothing.</summary>
    public abstract IAsyncEnumerable<Finding> CheckAsync(CancellationToken cancellationToken);

    /// <summary>The error to report for a database error or for data that are damaged: where it happened, what is wrong, what to do.</summary>
    public abstract MemoryStoreException Failure(string operation, Exception exception);

    /// <inheritdoc />
    public abstract void Dispose();
}
