namespace MemU.Crash;

/// <summary>A command that changes files, and what it needs to begin with.</summary>
internal sealed record Deed(string Name, Func<Scene, string[]> Command)
{
    /// <summary>What is done to the folder first.</summary>
    public Func<Scene, Task> Prepare { get; init; } = _ => Task.CompletedTask;

    /// <summary>The command that a folder left half-way asks for; null when it is never left so.</summary>
    public string? WayOn { get; init; }

    public string[] CommandFor(Scene scene) => [.. Command(scene), .. scene.Options];

    public static IReadOnlyList<Deed> All { get; } =
    [
        new("memorize", s => ["memorize", s.Template.NewSource, "--modality", "conversation", "--user", "alice"]),
        new("memorize changed", s => ["memorize", s.Template.ChangedSource, "--modality", "conversation", "--user", "alice"]),
        new("delete source", s => ["delete", s.Template.SourceId, "--user", "alice", "--yes"]),
        new("delete item", s => ["delete", s.Template.NoteId, "--user", "alice", "--yes"]),
        new("erase", s => ["delete", "--space", "--user", "alice", "--yes"]) { WayOn = "memu delete --space" },
        new("backup", s => ["backup", "--to", s.Backups]),
        new("restore", s => ["restore", s.Template.Backup, "--yes"]) { WayOn = "memu restore" },
        new("restore into nothing", s => ["restore", s.Template.Backup, "--yes"]) { Prepare = EmptyAsync, WayOn = "memu restore" },
        new("reset", s => ["reset", "--yes"]) { WayOn = "memu reset" },
        new("import", s => ["import", s.Template.Export, "--user", "carol"]) { WayOn = "memu import" },
        new("reindex", s => ["reindex", "--all-spaces"]) { Prepare = LoseVectorsAsync, WayOn = "memu reindex" },
        new("migrate", s => ["migrate"]) { Prepare = s => s.Template.IsEncrypted ? OlderFile.PutAsync(s) : PythonFile.PutAsync(s) },
    ];

    public static Deed Of(string name) => All.Single(d => d.Name == name);

    private static Task EmptyAsync(Scene scene)
    {
        Directory.Delete(scene.Data, recursive: true);
        Directory.CreateDirectory(scene.Data);
        return Task.CompletedTask;
    }

    private static Task LoseVectorsAsync(Scene scene)
    {
        if (scene.Vectors != "json")
        {
            PythonFile.Run(scene.Data, "DELETE FROM vectors; DELETE FROM loose_vectors");
            return Task.CompletedTask;
        }

        foreach (var file in Directory.GetFiles(scene.Data, "vectors.json*"))
        {
            File.Delete(file);
        }

        return Task.CompletedTask;
    }
}
