using MemU.Files;
using MemU.Storage;

namespace MemU.Sqlite;

/// <summary>Work on a space that is under way. Its note stays when it does not come to its end.</summary>
internal sealed class SqliteSpaceWork(HeldNote note, Action forgetEarlier) : IUndertaking
{
    private bool ended;

    public void Done()
    {
        forgetEarlier();
        Undone();
    }

    public void Undone()
    {
        note.Dispose();
        ended = true;
    }

    public void Dispose()
    {
        if (!ended)
        {
            note.Keep();
        }
    }
}
