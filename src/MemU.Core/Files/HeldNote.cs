using System.Text;

namespace MemU.Files;

/// <summary>
/// A small file that says what somebody is about, and is locked as long as its writer lives. It goes away with <see cref="Dispose"/>; when the writer dies
/// first it stays, unlocked, and whoever comes next finds out what was left undone. It tells of processes that die, not of machines: it is not flushed.
/// </summary>
internal sealed class HeldNote : IDisposable
{
    private readonly FileStream stream;

    private HeldNote(FileStream stream) => this.stream = stream;

    /// <summary>The name of the file.</summary>
    public string Name => Path.GetFileName(stream.Name);

    /// <summary>What it says; empty when its writer died before the text was whole, and so before the work began.</summary>
    public string Text
    {
        get
        {
            stream.Position = 0;
            return FirstLine(stream);
        }
    }

    /// <summary>The first line, if it is whole: writing it may have been cut short.</summary>
    public static string FirstLine(Stream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var text = reader.ReadToEnd();
        return text.IndexOf('\n', StringComparison.Ordinal) is var end and > 0 ? text[..end] : "";
    }

    /// <summary>Leaves a note whose name begins so. The folder is made when it is missing.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="beginning">How its name begins.</param>
    /// <param name="text">One line; empty when the name says everything.</param>
    public static HeldNote Leave(string folder, string beginning, string text = "")
    {
        var note = LeaveEmpty(folder, beginning);
        try
        {
            if (text.Length > 0)
            {
                note.stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
            }

            return note;
        }
        catch
        {
            note.Dispose();
            throw;
        }
    }

    /// <summary>Names of all notes that begin so, whether their writers live or not.</summary>
    public static IReadOnlyList<string> List(string folder, string beginning) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, beginning + "*").Select(f => Path.GetFileName(f))] : [];

    /// <summary>The notes whose writers died. They belong to the caller now, who does what is to be done and disposes them.</summary>
    public static IReadOnlyList<HeldNote> TakeAbandoned(string folder, string beginning)
    {
        List<HeldNote> taken = [];
        foreach (var name in List(folder, beginning))
        {
            try
            {
                taken.Add(new HeldNote(Open(Path.Combine(folder, name), FileMode.Open)));
            }
            catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException || FileLock.IsTaken(e))
            {
                // Its writer lives, or has just ended.
            }
        }

        return taken;
    }

    /// <summary>Lets go of the note and leaves it where it is, as if the writer had died.</summary>
    public void Keep() => stream.Dispose();

    /// <summary>Removes the note: what it says is done or undone.</summary>
    public void Dispose()
    {
        // Removed while it is locked, so that nobody takes it for a note of the dead. Windows cannot remove what is open: there somebody may, in vain.
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(stream.Name);
        }

        stream.Dispose();
        if (OperatingSystem.IsWindows())
        {
            File.Delete(stream.Name);
        }
    }

    private static HeldNote LeaveEmpty(string folder, string beginning)
    {
        Directory.CreateDirectory(folder);
        while (true)
        {
            var path = Path.Combine(folder, beginning + Path.GetRandomFileName());
            FileStream stream;
            try
            {
                stream = Open(path, FileMode.CreateNew);
            }
            catch (IOException e) when (FileLock.IsTaken(e))
            {
                // Somebody looks for notes of the dead, and took this one for such before it was locked.
                continue;
            }

            if (File.Exists(path))
            {
                return new HeldNote(stream);
            }

            stream.Dispose();
        }
    }

    private static FileStream Open(string path, FileMode mode) => new(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
}
