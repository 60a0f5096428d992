using System.Runtime.CompilerServices;
using MemU.Encryption;
using MemU.Files;
using MemU.Sql;
using MemU.Storage;
using Microsoft.Data.Sqlite;

namespace MemU.Sqlite;

/// <summary>
/// One SQLite file. The first use brings it to this version; reading where no file is makes none. Writers of this process queue here, those of
/// other processes on SQLite's lock.
/// </summary>
internal sealed class SqliteDatabase : SqlDatabase
{
    private readonly string path;
    private readonly PlainFolder? admission;
    private readonly Func<IEnumerable<IKnowsCommitted>>? beside;
    private readonly QuietFolder folder;
    private readonly RecentLook recent;
    private readonly TimeProvider looks;
    private readonly SqliteConnections connections;
    private readonly SqliteSchema schema;
    private readonly SqliteMaintenance maintenance;
    private readonly SqliteUndertakings undertakings;
    private readonly SemaphoreSlim readying = new(1, 1);
    private readonly SemaphoreSlim writing = new(1, 1);
    private volatile UsedFile? used;

    /// <param name="path">The file, absolute.</param>
    /// <param name="options">How it is used.</param>
    /// <param name="time">The clock.</param>
    /// <param name="admission">Asked before each use; it throws when the file is not for this host. Null: it always is.</param>
    /// <param name="looks">Measures how old a look at the files is; null for real time, whatever clock the host has.</param>
    /// <param name="beside">The parts beside it: where they hold what was committed, a database that is not there was lost, and none is made in its place. Null: there are none.</param>
    public SqliteDatabase(string path, SqliteOptions options, TimeProvider time, PlainFolder? admission = null, TimeProvider? looks = null, Func<IEnumerable<IKnowsCommitted>>? beside = null)
    {
        this.path = path;
        Time = time;
        this.admission = admission;
        this.beside = beside;

        // What is measured is real time, whatever clock the host has.
        folder = new QuietFolder(Path.GetDirectoryName(path)!, TimeProvider.System);
        this.looks = looks ?? TimeProvider.System;
        recent = new RecentLook(this.looks);
        connections = new SqliteConnections(path, options);
        schema = new SqliteSchema(connections, time);
        maintenance = new SqliteMaintenance(connections, schema);
        undertakings = new SqliteUndertakings(path);
    }

    public override string Provider => SqliteErrors.Provider;

    public override SqlDialect Dialect { get; } = new SqliteDialect();

    public TimeProvider Time { get; }

    public override IReadOnlyList<string> Locations => SqliteFiles.Existing(path);

    public override async Task<SqlChannel?> OpenForReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return IsReady() || await ReadyAsync(create: false, cancellationToken) ? connections.Open() : null;
    }

    public override long? Moment() => connections.Moment();

    /// <inheritdoc />
    /// <exception cref="MemoryStoreException">It must not be used now, or not by this host.</exception>
    public override bool IsReady()
    {
        if (used is not null && folder.IsQuiet)
        {
            return true;
        }

        var look = folder.BeginLook();
        admission?.Admit();
        undertakings.Refuse();
        var isReady = IsUsed();
        if (isReady && look is not null && IsAllInFolder())
        {
            folder.Looked(look);
        }

        return isReady;
    }

    /// <inheritdoc />
    public override bool IsReady(long moment)
    {
        // A restore and a reset by us commit, which begins a new moment, or wait until no look from before counts.
        if (recent.Holds(moment))
        {
            return true;
        }

        var begun = recent.Begin();
        if (!IsReady())
        {
            return false;
        }

        recent.Found(moment, begun);
        return true;
    }

    public override async Task<SqlWrite> BeginWriteAsync(SqlWriteKind kind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!IsReady())
        {
            await ReadyAsync(create: true, cancellationToken);
        }

        await TakeTurnAsync(cancellationToken);
        SqlChannel? channel = null;
        try
        {
            channel = connections.Open();
            var transaction = await connections.BeginImmediateAsync(channel, kind, cancellationToken);
            return new SqlWrite(channel, transaction, () => writing.Release(), () => connections.MomentOf(transaction.LastFrame));
        }
        catch
        {
            channel?.Close();
            writing.Release();
            throw;
        }
    }

    public override Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken) =>
        SqliteErrors.GuardAsync(path, "migrate", async () =>
        {
            admission?.Admit();
            undertakings.Refuse();
            await RefuseLossAsync("migrate", cancellationToken);
            await readying.WaitAsync(cancellationToken);
            try
            {
                return await MigrateLockedAsync(create: true, cancellationToken);
            }
            finally
            {
                readying.Release();
            }
        });

    public override Task<IAsyncDisposable> PauseWritesAsync(CancellationToken cancellationToken) =>
        SqliteErrors.GuardAsync<IAsyncDisposable>(path, "pause", async () =>
        {
            admission?.Admit();
            if (await ReadyAsync(create: false, cancellationToken))
            {
                return await BeginWriteAsync(cancellationToken);
            }

            // No file: only this process can be asked to wait.
            await TakeTurnAsync(cancellationToken);
            return new Turn(writing);
        });

    public override Task ScrubAsync(IReadOnlyCollection<MemoryScope> erased, CancellationToken cancellationToken) =>
        SqliteErrors.GuardAsync(path, "scrub", async () =>
        {
            admission?.Admit();
            await TakeTurnAsync(cancellationToken);
            try
            {
                // Idle connections of this process would hold on to the log.
                connections.Clear();
                await new SqliteScrub(connections).RunAsync(erased, cancellationToken);
            }
            finally
            {
                writing.Release();
            }
        });

    public override Task<IUndertaking> BeginReplacingAsync(string command, CancellationToken cancellationToken) =>
        SqliteErrors.GuardAsync(path, "open", () =>
        {
            admission?.Admit();
            return undertakings.BeginReplacingAsync(command, cancellationToken);
        });

    public override Task<IUndertaking> BeginAsync(MemoryScope scope, string command, string what, CancellationToken cancellationToken) =>
        SqliteErrors.GuardAsync(path, "begin", () =>
        {
            admission?.Admit();
            return Task.FromResult(undertakings.Begin(scope, command, what));
        });

    public override Task<bool> HasDataAsync(CancellationToken cancellationToken)
    {
        admission?.Admit();
        return Task.FromResult(maintenance.HasData());
    }

    public override Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken) =>
        SqliteErrors.GuardAsync(path, "backup", async () =>
        {
            admission?.Admit();
            await RefuseLossAsync("backup", cancellationToken);
            await maintenance.BackUpAsync(folder, bytesCopied, cancellationToken);
        });

    public override Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken) =>
        ReplaceAsync("restore", () => maintenance.RestoreAsync(folder, bytesCopied, cancellationToken), cancellationToken);

    public override Task ResetAsync(CancellationToken cancellationToken) =>
        ReplaceAsync("reset", () => maintenance.ResetAsync(cancellationToken), cancellationToken);

    public override async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        admission?.Admit();
        undertakings.Refuse();
        await RefuseLossAsync("check", cancellationToken);
        foreach (var finding in undertakings.Check().Concat(await SqliteCheck.RunAsync(connections, cancellationToken)))
        {
            yield return finding;
        }
    }

    public override MemoryStoreException Failure(string operation, Exception exception) => SqliteErrors.From(path, operation, exception);

    public override void Dispose() => connections.Clear();

    /// <summary>True when the file that is there is the one that was made ready: another may have taken its place, and connections would go on with the one that is gone.</summary>
    private bool IsUsed() =>
        used is { } before && (IdentityNow() is { } now ? now == before.Identity : before.Identity is null && File.Exists(path));

    /// <summary>What tells the file from others; null where that cannot be told, or when there is none.</summary>
    private (ulong Device, ulong Number)? IdentityNow() => LinuxStatus.TryLook(path, followsLink: true, out var status) == true ? status.Identity : null;

    /// <summary>True when nothing can change of what every use depends on without something coming or going in the folder.</summary>
    private bool IsAllInFolder() =>
        undertakings.IsNone && !new FileInfo(path).Attributes.HasFlag(FileAttributes.ReparsePoint)
        && (admission is null || (Path.GetDirectoryName(admission.Path) == Path.GetDirectoryName(path) && !Path.Exists(admission.Path)));

    /// <summary>Fails where the database is not there, or an empty file, though something was committed to it: it would be made anew, and what is left would belong to nobody.</summary>
    private async Task RefuseLossAsync(string operation, CancellationToken cancellationToken)
    {
        // A restore and a reset put an end to it.
        if (beside is null || undertakings.IsOurs || !IsMissing())
        {
            return;
        }

        foreach (var part in beside())
        {
            // It may have been made and committed to meanwhile.
            if (await part.FindCommittedAsync(cancellationToken) is { } place && IsMissing())
            {
                throw SqliteErrors.Make(
                    path, operation, $"it is {(File.Exists(path) ? "empty" : "not there")}, though '{place}' holds what was stored with it",
                    "Put the file back, or restore a backup with 'memu restore'; 'memu reset' removes what is left and starts anew.");
            }
        }

        bool IsMissing() => !File.Exists(path) || new FileInfo(path).Length == 0;
    }

    private async Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (!await writing.WaitAsync(connections.BusyTimeout, cancellationToken))
        {
            throw SqliteErrors.Make(path, "write", "other writers held it for too long", "Try again, or raise the busy timeout.", transient: true);
        }
    }

    /// <summary>True when there is a database of this version.</summary>
    private Task<bool> ReadyAsync(bool create, CancellationToken cancellationToken) =>
        SqliteErrors.GuardAsync(path, "open", async () =>
        {
            await readying.WaitAsync(cancellationToken);
            try
            {
                if (Directory.Exists(path))
                {
                    throw SqliteErrors.Make(path, "open", "there is a folder in its place", "Move the folder away or choose another path.");
                }

                await RefuseLossAsync("open", cancellationToken);
                if (!File.Exists(path))
                {
                    SqliteErrors.RefuseFileInPlaceOfFolder(path, "open");
                    if (!create)
                    {
                        return false;
                    }
                }

                if (!IsUsed())
                {
                    await MigrateLockedAsync(create, cancellationToken);
                }

                return true;
            }
            finally
            {
                readying.Release();
            }
        });

    private async Task<IReadOnlyList<string>> MigrateLockedAsync(bool create, CancellationToken cancellationToken)
    {
        // Idle connections may belong to a file that was removed or replaced meanwhile.
        connections.Clear();
        var file = IdentityNow();
        if (create)
        {
            SqliteErrors.RefuseFileInPlaceOfFolder(path, "open");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }

        using var connection = connections.OpenAlone(create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite);
        var applied = await schema.MigrateAsync(connection, keepCopy: true, cancellationToken);
        used = new UsedFile(file ?? IdentityNow());
        return applied;
    }

    private Task ReplaceAsync(string operation, Func<Task> replace, CancellationToken cancellationToken) =>
        SqliteErrors.GuardAsync(path, operation, async () =>
        {
            admission?.Admit();
            await TakeTurnAsync(cancellationToken);
            try
            {
                connections.Clear();
                var before = IdentityNow();
                await replace();
                if (IdentityNow() != before)
                {
                    await OutlastLooksAsync();
                }
            }
            finally
            {
                used = null;
                writing.Release();
            }
        });

    /// <summary>
    /// Waits until nobody rests on a look that was taken before. What was no database was replaced as a file: that commits nothing, and others who answer from what they
    /// hold see it with their next look.
    /// </summary>
    private async Task OutlastLooksAsync()
    {
        var start = looks.GetTimestamp();
        do
        {
            await Task.Delay(RecentLook.Lasting, looks, CancellationToken.None);
        }
        while (looks.GetElapsedTime(start) <= RecentLook.Lasting);
    }

    private sealed record UsedFile((ulong Device, ulong Number)? Identity);

    private sealed class Turn(SemaphoreSlim writing) : IAsyncDisposable
    {
        private SemaphoreSlim? held = writing;

        public ValueTask DisposeAsync()
        {
            Interlocked.Exchange(ref held, null)?.Release();
            return ValueTask.CompletedTask;
        }
    }
}
