using MemU.Files;

namespace MemU.Vectors;

/// <summary>
/// Says that somebody who is still there has written into a vector file, and will see to it at the end: the last of them folds the journal in. An empty file
/// that they hold open together; the system lets it go when one of them dies. Taken and looked at by the holder of the lock only.
/// </summary>
internal sealed class WriterMark : IDisposable
{
    private readonly FileStream stream;

    private WriterMark(FileStream stream) => this.stream = stream;

    /// <summary>Joins those who have written.</summary>
    public static WriterMark Take(VectorPaths paths) =>
        new(new FileStream(paths.Writers, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0));

    /// <summary>True when nobody holds it; then the file goes.</summary>
    public static bool IsFree(VectorPaths paths)
    {
        try
        {
            // To be written: network file systems lock no other file for one alone.
            using var alone = new FileStream(paths.Writers, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (IOException e) when (FileLock.IsTaken(e))
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose() => stream.Dispose();
}
