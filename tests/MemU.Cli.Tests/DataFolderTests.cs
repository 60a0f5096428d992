using System.Security.Cryptography;

namespace MemU.Cli.Tests;

/// <summary>A test with a folder of its own that is removed afterwards.</summary>
public abstract class DataFolderTests : IDisposable
{
    /// <summary>The folder.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("memu-cli-").FullName;

    /// <summary>The data folder in it.</summary>
    protected string Data => Path.Combine(Folder, "data");

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs the command in this process on the data folder.</summary>
    private protected Task<CommandResult> CallAsync(params string[] args) => MemUCommand.CallAsync([.. args, "--data", Data]);

    /// <summary>Runs the program in a process of its own on the data folder.</summary>
    private protected Task<CommandResult> RunAsync(params string[] args) => MemUCommand.RunAsync([.. args, "--data", Data]);

    /// <summary>Writes a file into the folder.</summary>
    private protected string Write(string name, string text)
    {
        var file = Path.Combine(Folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Memorizes a text for a user and returns the document that the command answered.</summary>
    private protected async Task<System.Text.Json.JsonElement> MemorizeAsync(string user, string text, string name = "note.txt") =>
        (await MemUCommand.CallAsync(["memorize", "-", "--name", name, "--modality", "text", "--user", user, "--data", Data, "--json"], text)).Done().Json;

    /// <summary>Every file below the data folder with the hash of its bytes.</summary>
    private protected IReadOnlyList<string> Fingerprint() =>
    [
        .. Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => $"{Path.GetRelativePath(Data, f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}"),
    ];
}
