using MemU.Files;
using MemU.Storage;

namespace MemU.Sqlite;

/// <summary>
/// What is written down beside the database while it is worked on in several steps: one file for the work that replaces all data, during which nobody else
/// uses it, and one for each work on a single space, which disturbs nobody.
/// </summary>
internal sealed class SqliteUndertakings(string path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly string replacing = path + ".unfinished";
    private readonly string inSpace = Path.GetFileName(path) + ".unfinished-";
    private readonly string folder = Path.GetDirectoryName(path)!;
    private volatile SqliteReplacement? own;

    /// <summary>True when there is no file that says that all data is being replaced, or was.</summary>
    public bool IsNone => !File.Exists(replacing);

    /// <summary>True while this host replaces all data.</summary>
    public bool IsOurs => own is not null;

    /// <summary>Begins to replace all data; only one process can at a time.</summary>
    /// <exception cref="MemoryStoreException">Another process is at it.</exception>
    public async Task<IUndertaking> BeginReplacingAsync(string command, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                var stream = new FileStream(replacing, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                if (File.Exists(replacing))
                {
                    return own = new SqliteReplacement(stream, command, Ended);
                }

                await stream.DisposeAsync();
            }
            catch (IOException e) when (FileLock.IsTaken(e))
            {
                // It may only be somebody who reads what is written there.
                if (TimeProvider.System.GetElapsedTime(start) > Patience)
                {
                    throw Busy();
                }

                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>Begins work on a space.</summary>
    public IUndertaking Begin(MemoryScope scope, string command, string what)
    {
        var (beginning, text) = ($"{inSpace}{scope.Key}-", $"{OneLine(command)}\t{OneLine(what)}");
        return new SqliteSpaceWork(HeldNote.Leave(folder, beginning, text), () => Forget(beginning, text));
    }

    /// <summary>Stops whoever would use data that is being replaced, or was left half replaced.</summary>
    public void Refuse()
    {
        if (own is not null || !File.Exists(replacing))
        {
            return;
        }

        try
        {
            if (Read(replacing) is { Length: > 0 } command)
            {
                throw SqliteErrors.Make(
                    path, "open", $"`{command}` was interrupted and left the data half replaced", "Run it again to complete it, or restore another backup with --yes.");
            }
        }
        catch (FileNotFoundException)
        {
            // It has just ended.
        }
        catch (IOException e) when (FileLock.IsTaken(e))
        {
            throw Busy();
        }
    }

    /// <summary>What was left undone.</summary>
    public IEnumerable<Finding> Check()
    {
        foreach (var name in HeldNote.List(folder, inSpace))
        {
            if (TextOf(name)?.Split('\t') is [var command, var what])
            {
                yield return new Finding(FindingSeverity.Warning, "unfinished-work", $"{what} was interrupted: it is done in part only.", $"Complete it: `{command}`, for the same space.");
            }
        }
    }

    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return HeldNote.FirstLine(stream);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');

    /// <summary>What somebody was about when he died; null when he lives, or never began.</summary>
    private string? TextOf(string name)
    {
        try
        {
            return Read(Path.Combine(folder, name)) is { Length: > 0 } text ? text : null;
        }
        catch (IOException e) when (e is FileNotFoundException || FileLock.IsTaken(e))
        {
            return null;
        }
    }

    private void Ended(bool replaced)
    {
        if (replaced)
        {
            Forget(inSpace, text: null);
        }

        own = null;
    }

    /// <summary>Removes notes of work that was interrupted: those with this text and those that never began, or all.</summary>
    private void Forget(string beginning, string? text)
    {
        foreach (var note in HeldNote.TakeAbandoned(folder, beginning))
        {
            if (text is null || note.Text == text || note.Text.Length == 0)
            {
                note.Dispose();
            }
            else
            {
                note.Keep();
            }
        }
    }

    private MemoryStoreException Busy() =>
        SqliteErrors.Make(path, "open", "a restore or a reset is running", "Try again when it has ended.", transient: true);
}
