namespace MemU.Tests.Architecture;

/// <summary>Which folder may know which, project by project. Everybody may know Model. A folder that is not here has no place in the house yet.</summary>
internal static class FolderArrows
{
    private static readonly string[] Ports = ["Storage", "Vectors", "Resources", "Reasoning"];

    /// <summary>Inside MemU.Core.</summary>
    public static IReadOnlyDictionary<string, string[]> Core { get; } = new Dictionary<string, string[]>
    {
        ["Model"] = [],
        ["Text"] = [],
        ["Files"] = [],
        ["Telemetry"] = [],
        ["Storage"] = [],
        ["Storage/InMemory"] = ["Storage", "Vectors"],
        ["Vectors"] = ["Files", "Telemetry", "Storage/InMemory"],
        ["Resources"] = ["Files", "Storage/InMemory"],
        ["Reasoning"] = [],
        ["Reasoning/Offline"] = ["Reasoning", "Text"],
        ["Reasoning/Llm"] = ["Reasoning"],
        ["InMemory"] = ["Storage", "Vectors", "Resources"],
        ["Encryption"] = ["Storage", "Vectors", "Resources", "Files"],
        ["Commit"] = [.. Ports, "Telemetry"],
        ["Edit"] = [.. Ports, "Commit"],
        ["Memorize"] = [.. Ports, "Commit"],
        ["Retrieve"] = [.. Ports, "Commit", "Text", "Telemetry"],
        ["Maintenance"] = [.. Ports, "Commit", "Contracts", "Encryption", "Files"],
        ["Contracts"] = [.. Ports, "Memorize", "Retrieve", "Maintenance"],
        [""] = [.. Ports, "Edit", "Memorize", "Retrieve", "Maintenance"],
    };

    /// <summary>Inside MemU. What they know of MemU.Core is not looked at here.</summary>
    public static IReadOnlyDictionary<string, string[]> MemU { get; } = new Dictionary<string, string[]>
    {
        ["Settings"] = [],
        ["Documents"] = [],
        ["Media"] = [],
        ["Models"] = ["Settings"],
        ["Sql"] = [],
        ["Sqlite"] = ["Sql"],
        ["Composition"] = ["Settings", "Documents", "Media", "Models", "Sql", "Sqlite"],
    };

    /// <summary>The entry of the table for a folder: its own, or that of the nearest folder above it.</summary>
    public static string? Place(IReadOnlyDictionary<string, string[]> table, string folder)
    {
        while (!table.ContainsKey(folder))
        {
            if (folder.Length == 0)
            {
                return null;
            }

            folder = folder.LastIndexOf('/') is var slash and >= 0 ? folder[..slash] : "";
            if (folder.Length == 0)
            {
                return null;
            }
        }

        return folder;
    }
}
