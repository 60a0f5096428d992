namespace MemU.Sqlite;

/// <summary>The files that SQLite and the upgrade keep beside each other.</summary>
internal static class SqliteFiles
{
    /// <summary>The side files of a database: write-ahead log, its index, rollback journal.</summary>
    public static IReadOnlyList<string> Sides(string path) => [path + "-wal", path + "-shm", path + "-journal"];

    /// <summary>Where a restore prepares what it will put in place.</summary>
    public static string Prepared(string path) => path + ".restore.tmp";

    /// <summary>Copies that upgrades, and restores that were cut short, left beside the database; they hold the same people's memories.</summary>
    public static IReadOnlyList<string> Copies(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        return Directory.Exists(folder)
            ? [.. Directory.GetFileSystemEntries(folder).Where(f =>
                f.StartsWith(path + ".before-", StringComparison.Ordinal) || f.StartsWith(Prepared(path), StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>
    /// The file that stands where a folder on the way to the database belongs, or null. Nothing below it exists, yet that is no empty database.
    /// </summary>
    public static string? InPlaceOfFolder(string path)
    {
        var folder = Path.GetDirectoryName(path);
        while (folder is not null && !Path.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder is null || Directory.Exists(folder) ? null : folder;
    }

    /// <summary>All of them that exist.</summary>
    public static IReadOnlyList<string> Existing(string path) => [.. new[] { path }.Concat(Sides(path)).Where(File.Exists), .. Copies(path)];

    /// <summary>Removes a database with its side files.</summary>
    public static void Delete(string path)
    {
        DeleteSides(path);
        DeleteOne(path);
    }

    /// <summary>Removes the side files of a database.</summary>
    public static void DeleteSides(string path)
    {
        foreach (var side in Sides(path))
        {
            DeleteOne(side);
        }
    }

    // Deleting a file in a folder that is missing would be an error.
    private static void DeleteOne(string file)
    {
        if (File.Exists(file))
        {
            File.Delete(file);
        }
    }
}
