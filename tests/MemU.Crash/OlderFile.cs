namespace MemU.Crash;

/// <summary>An encrypted database as an earlier version leaves it: the Python code has none.</summary>
internal static class OlderFile
{
    public static Task PutAsync(Scene scene)
    {
        PythonFile.Run(scene.Data, "DROP TABLE embedded_texts; DELETE FROM memu_schema WHERE version >= 5; VACUUM");
        return Task.CompletedTask;
    }
}
