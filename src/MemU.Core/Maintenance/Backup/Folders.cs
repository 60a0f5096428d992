namespace MemU.Maintenance;

/// <summary>Questions about folders, and removing them.</summary>
internal static class Folders
{
    private static readonly StringComparison PathComparison =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>True when the path is the folder itself or lies in it. Both are absolute.</summary>
    public static bool IsWithin(string path, string folder)
    {
        var (inner, outer) = (Path.TrimEndingDirectorySeparator(path), Path.TrimEndingDirectorySeparator(folder));
        return string.Equals(inner, outer, PathComparison)
            || inner.StartsWith(Path.EndsInDirectorySeparator(outer) ? outer : outer + Path.DirectorySeparatorChar, PathComparison);
    }

    /// <summary>Removes a folder with all that is in it, if it is there.</summary>
    public static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
