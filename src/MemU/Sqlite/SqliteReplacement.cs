using System.Text;
using MemU.Files;
using MemU.Storage;

namespace MemU.Sqlite;

/// <summary>
/// Says in a locked file which command is replacing all data. Without a whole line it says nothing: there the process died before it began.
/// </summary>
internal sealed class SqliteReplacement : IUndertaking
{
    private readonly FileStream stream;
    private readonly string former;
    private readonly Action<bool> ended;

    public SqliteReplacement(FileStream stream, string command, Action<bool> ended)
    {
        this.stream = stream;
        this.ended = ended;
        former = HeldNote.FirstLine(stream);
        try
        {
            Write(command);
        }
        catch
        {
            Undone();
            stream.Dispose();
            throw;
        }
    }

    public void Done()
    {
        File.Delete(stream.Name);
        ended(true);
    }

    public void Undone()
    {
        // What an earlier command left half done is so still.
        if (former.Length > 0)
        {
            Write(former);
        }
        else
        {
            File.Delete(stream.Name);
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        ended(false);
    }

    // Only the first line counts. It never goes away in between: a former command must not be forgotten.
    private void Write(string text)
    {
        stream.Position = 0;
        stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
        stream.Flush(flushToDisk: true);
    }
}
