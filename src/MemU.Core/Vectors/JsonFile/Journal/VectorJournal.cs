using MemU.Files;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>A journal that is open: how far it was read, and how more is appended. Reading entries is thread-safe, the rest is not.</summary>
internal sealed class VectorJournal : IDisposable
{
    private readonly SafeFileHandle reading;
    private SafeFileHandle? appending;
    private (long Position, JournalFrame Frame)? last;

    private VectorJournal(SafeFileHandle reading, JournalHeader header, long end) => (this.reading, Header, End) = (reading, header, end);

    public JournalHeader Header { get; }

    /// <summary>Where the last valid frame ends.</summary>
    public long End { get; private set; }

    /// <summary>The state of the file, which may be longer than what is valid.</summary>
    public FileIdentity File => FileIdentity.Of(reading);

    /// <summary>Opens a journal.</summary>
    /// <returns>Null when there is none, or when its writer died before the first frame was whole.</returns>
    /// <exception cref="JournalDamage">It has no valid header.</exception>
    public static VectorJournal? Open(string path)
    {
        SafeFileHandle file;
        try
        {
            file = FileBytes.OpenShared(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        try
        {
            Span<byte> bytes = stackalloc byte[JournalHeader.Size];
            if (FileBytes.ReadUpTo(file, bytes, 0) < bytes.Length)
            {
                file.Dispose();
                return null;
            }

            return new VectorJournal(file, JournalHeader.Read(bytes), JournalHeader.Size);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes a journal that begins with frames, and waits for the disk, so that its header at least is there after a power failure. What stands at the path was
    /// never whole and is replaced. The caller holds the lock.
    /// </summary>
    /// <param name="path">Where.</param>
    /// <param name="header">Its header.</param>
    /// <param name="frames">Its first frames.</param>
    /// <param name="mode">The permissions of the file; null for the usual ones.</param>
    public static VectorJournal Create(string path, JournalHeader header, ReadOnlySpan<byte> frames, UnixFileMode? mode)
    {
        Span<byte> first = stackalloc byte[JournalHeader.Size];
        header.Write(first);
        try
        {
            using (var file = System.IO.File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            {
                if (mode is { } permissions && !OperatingSystem.IsWindows())
                {
                    System.IO.File.SetUnixFileMode(file, permissions);
                }

                RandomAccess.Write(file, first, 0);
                RandomAccess.Write(file, frames, first.Length);
                RandomAccess.FlushToDisk(file);
            }

            FolderFlush.Run(Path.GetDirectoryName(path)!);
        }
        catch
        {
            System.IO.File.Delete(path);
            throw;
        }

        var journal = Open(path) ?? throw new IOException("The journal became shorter after it was written.");
        journal.OnAppended(frames);
        return journal;
    }

    /// <summary>Reads the frames that were appended since the last call.</summary>
    /// <exception cref="JournalDamage">A frame was damaged after it was written.</exception>
    public void ReadOn(JournalReader.Take take)
    {
        CheckLength(reading);
        End = JournalReader.Read(reading, Header.Salt, End, (frame, payload, position) =>
        {
            last = (position - JournalFrame.HeaderSize, frame);
            take(frame, payload, position);
        });
    }

    /// <summary>
    /// False when the frame that was read last does not stand there any more: a writer that could not store it to its end took it back after it was
    /// read, and nobody was told that it was stored.
    /// </summary>
    public bool HoldsLast()
    {
        Span<byte> envelope = stackalloc byte[JournalFrame.HeaderSize];
        return last is not { } known || (FileBytes.ReadUpTo(reading, envelope, known.Position) == envelope.Length && JournalFrame.Read(envelope) == known.Frame);
    }

    /// <summary>Reads again everything that was read.</summary>
    /// <exception cref="JournalDamage">It is not what it was.</exception>
    public void Verify()
    {
        CheckLength(reading);
        if (JournalReader.Read(reading, Header.Salt, JournalHeader.Size, static (_, _, _) => { }) is var end && end < End)
        {
            throw new JournalDamage("a record that was whole when it was written", end);
        }
    }

    /// <summary>Appends frames: all of them, or none. The caller holds the lock and has read on to the end.</summary>
    /// <param name="path">The path of the journal.</param>
    /// <param name="frames">The frames, made for <see cref="End"/>.</param>
    /// <param name="flush">Whether to wait for the disk.</param>
    public void Append(string path, ReadOnlySpan<byte> frames, bool flush)
    {
        appending ??= OpenToAppend(path);
        Append(appending, CheckLength(appending), End, frames, flush);
        OnAppended(frames);
    }

    /// <summary>Writes down that a snapshot holds everything up to here, and waits for the disk. The caller holds the lock and has read on to the end.</summary>
    public void Announce(string path, SnapshotIdentity coming)
    {
        using var frame = new JournalBytes(End);
        var start = JournalFrame.Begin(frame);
        coming.Write(frame.Take(SnapshotIdentity.Size));
        JournalFrame.End(frame, start, Header.Salt, FrameKind.Checkpoint);

        // By itself: those who read the journal meanwhile come across the frame as if another process had written it.
        using var file = OpenToAppend(path);
        Append(file, RandomAccess.GetLength(file), End, frame.Written, flush: true);
    }

    /// <summary>Reads a stretch.</summary>
    public byte[] Read(ByteRange range)
    {
        var bytes = new byte[range.Length];
        FileBytes.ReadExactly(reading, bytes, range.Start);
        return bytes;
    }

    private static SafeFileHandle OpenToAppend(string path) =>
        System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    private void OnAppended(ReadOnlySpan<byte> frames)
    {
        for (var at = 0; at < frames.Length && JournalFrame.Read(frames[at..]) is { } frame; at += JournalFrame.HeaderSize + frame.Length)
        {
            last = (End + at, frame);
        }

        End += frames.Length;
    }

    /// <summary>Nobody cuts off whole records; a writer that went on behind the end would leave a gap.</summary>
    private long CheckLength(SafeFileHandle file) =>
        RandomAccess.GetLength(file) is var length && length < End
            ? throw new JournalDamage($"{End - length} bytes more: it was cut off while it was in use", length)
            : length;

    private static void Append(SafeFileHandle file, long length, long end, ReadOnlySpan<byte> frames, bool flush)
    {
        try
        {
            if (length > end)
            {
                // What a dead writer left half-written; nobody was told that it was stored.
                RandomAccess.SetLength(file, end);
            }

            RandomAccess.Write(file, frames, end);
            if (flush)
            {
                RandomAccess.FlushToDisk(file);
            }
        }
        catch
        {
            RandomAccess.SetLength(file, end);
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        reading.Dispose();
        appending?.Dispose();
    }
}
