namespace MemU.Storage;

/// <summary>Where data ends with its process nothing has to be written down.</summary>
internal sealed class UnrecordedUndertaking : IUndertaking
{
    public void Done()
    {
    }

    public void Undone()
    {
    }

    public void Dispose()
    {
    }
}
