using System.Collections.Concurrent;
using System.Security.Cryptography;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>
/// Writes to a vector file: whoever comes first takes the lock once and appends what all who wait want to write, in one go. Thread-safe.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="options">How it is kept.</param>
internal sealed class VectorWriter(VectorFile file, JsonFileOptions options)
{
    private const int MostAtOnce = 256;
    private const int MostNumbersAtOnce = 1 << 24;
    private const int MostAttempts = 3;
    private readonly ConcurrentQueue<VectorWrite> waiting = new();
    private readonly SemaphoreSlim turn = new(1);
    private long written;
    private long notBefore;
    private WriterMark? mark;

    /// <summary>True when the journal has grown so long that it should be folded into the snapshot.</summary>
    public bool IsDue { get; private set; }

    /// <summary>The journal was folded in.</summary>
    public void OnFolded() => (IsDue, notBefore) = (false, 0);

    /// <summary>Folding failed: not again before the journal has grown by a quarter.</summary>
    public void Postpone() => (IsDue, notBefore) = (false, written + (written / 4));

    /// <summary>Runs a write, perhaps with others; returns when it is stored.</summary>
    public async Task WriteAsync(VectorWrite write, CancellationToken cancellationToken)
    {
        waiting.Enqueue(write);
        try
        {
            await turn.WaitAsync(cancellationToken);
            try
            {
                while (!write.IsTaken)
                {
                    await file.LockedAsync("write", RunAsync, cancellationToken);
                }
            }
            finally
            {
                turn.Release();
            }
        }
        catch when (write.TryTake())
        {
            throw;
        }
        catch
        {
            // Somebody else runs it already, or did: that result counts.
        }

        await write.Done;
    }

    /// <summary>Leaves those who have written, who leave the journal to each other; false when nothing was appended.</summary>
    public bool TryLeave()
    {
        using var left = Interlocked.Exchange(ref mark, null);
        return left is not null;
    }

    private async Task<bool> RunAsync(FileLock taken)
    {
        List<(VectorWrite Write, VectorChanges Changes)> running = [];
        var numbers = 0L;
        while (running.Count < MostAtOnce && numbers < MostNumbersAtOnce && waiting.TryDequeue(out var next))
        {
            if (next.TryTake() && await AskAsync(next) is { } changes)
            {
                running.Add((next, changes));
                numbers += changes.Upserted.Sum(u => (long)u.Vector.Length);
            }
        }

        try
        {
            for (var attempt = 1; ; attempt++)
            {
                using var state = await file.UseToWriteAsync("write", CancellationToken.None);
                try
                {
                    Store(taken, state, running);
                    break;
                }
                catch (Exception e) when (e is SidecarDamage or SnapshotChanged && attempt < MostAttempts)
                {
                    await file.ForgetAsync(state, e, CancellationToken.None);
                }
            }

            running.ForEach(r => r.Write.Succeed());
        }
        catch (Exception e)
        {
            running.ForEach(r => r.Write.Fail(file.Described("write", e) ?? e));
        }

        return true;
    }

    private static async Task<VectorChanges?> AskAsync(VectorWrite write)
    {
        try
        {
            return await write.AskAsync();
        }
        catch (Exception e)
        {
            // Its own affair: the others are written all the same.
            write.Fail(e);
            return null;
        }
    }

    private void Store(FileLock taken, VectorFileState state, List<(VectorWrite Write, VectorChanges Changes)> running)
    {
        var salt = state.Journal?.Header.Salt ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        using var plan = new WritePlan(state, salt);
        foreach (var (write, changes) in running)
        {
            try
            {
                plan.Add(write.Scope, changes);
            }
            catch (ArgumentException e)
            {
                write.Fail(e);
            }
        }

        if (plan.Frames.Length > 0)
        {
            var paths = file.Paths;
            VectorFile.CheckHeld(taken, paths);
            mark ??= WriterMark.Take(paths);
            file.Append(taken, state, () => Append(state, paths, salt, plan.Frames), plan.Entries);
            written = state.Journal!.End;
            IsDue = written > notBefore && options.IsDue(written, state.Snapshot.File.Length);
        }
    }

    private VectorJournal Append(VectorFileState state, VectorPaths paths, ulong salt, ReadOnlySpan<byte> frames)
    {
        if (state.Journal is { } journal)
        {
            journal.Append(paths.Journal, frames, flush: options.Durability == VectorDurability.Full);
            return journal;
        }

        UnixFileMode? mode = state.Snapshot.Json is { } json && !OperatingSystem.IsWindows() ? File.GetUnixFileMode(json) : null;
        return VectorJournal.Create(paths.Journal, new JournalHeader(salt, state.Snapshot.Identity), frames, mode);
    }
}
