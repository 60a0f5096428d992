namespace MemU.Storage;

/// <summary>
/// Work on the data that takes several steps, written down beside the data before the first. When its process dies, or it is disposed before it is
/// <see cref="Done"/> or <see cref="Undone"/>, what is written down stays and tells the next user how to go on.
/// </summary>
public interface IUndertaking : IDisposable
{
    /// <summary>All steps are done: nothing has to be remembered.</summary>
    void Done();

    /// <summary>Everything is as it was before the first step.</summary>
    void Undone();
}
