using MemU.Benchmarks.Measure;

namespace MemU.Benchmarks.Data;

/// <summary>A folder of its own, gone when disposed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private static int made;

    public ScratchFolder(MeasureSettings settings)
    {
        Path = System.IO.Path.Combine(settings.Folder, $"{Interlocked.Increment(ref made)}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>A folder in it.</summary>
    public string Sub(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    /// <summary>Bytes of all files in a folder.</summary>
    public static long BytesOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
