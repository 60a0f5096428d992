using System.Text.Json;
using MemU.Testing;

namespace MemU.Server.Tests;

public sealed class LocalFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_file_below_an_allowed_folder_is_memorized()
    {
        Directory.CreateDirectory(folder.At("in", "sub"));
        await File.WriteAllTextAsync(folder.At("in", "sub", "note.txt"), "The boat is called Nora.");
        await using var server = await RunningServer.StartAsync(s => s.Server.AllowedRoots = [folder.At("in")]);
        using var client = await server.ClientAsync();

        await client.PostAsync("/v1/memorize", new { path = folder.At("in", "sub", "note.txt") });

        Assert.Contains("Nora", await client.GetStringAsync("/v1/passages"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_outside_is_read_by_whatever_way()
    {
        Directory.CreateDirectory(folder.At("in"));
        Directory.CreateDirectory(folder.At("inside-not"));
        Directory.CreateDirectory(folder.At("out"));
        await File.WriteAllTextAsync(folder.At("out", "secret.txt"), "canarysecret");
        await File.WriteAllTextAsync(folder.At("inside-not", "secret.txt"), "canarysecret");
        File.CreateSymbolicLink(folder.At("in", "link.txt"), folder.At("out", "secret.txt"));
        Directory.CreateSymbolicLink(folder.At("in", "linked"), folder.At("out"));
        File.CreateSymbolicLink(folder.At("in", "loop"), folder.At("in", "loop"));
        await using var server = await RunningServer.StartAsync(s => s.Server.AllowedRoots = [folder.At("in")]);
        using var client = await server.ClientAsync();
        string[] paths =
        [
            folder.At("out", "secret.txt"), folder.At("in") + "/../out/secret.txt", folder.At("in", "link.txt"), folder.At("in", "linked", "secret.txt"),
            folder.At("inside-not", "secret.txt"), folder.At("in", "loop"), folder.At("in"), folder.At("in", "missing.txt"), "/etc/passwd", "secret.txt", "/proc/self/environ",
            "file://" + folder.At("out", "secret.txt"), folder.At("in") + "/\0/x",
        ];

        foreach (var path in paths)
        {
            var problem = await client.PostAsync("/v1/memorize", RunningServer.Json($$"""{"path": {{JsonSerializer.Serialize(path)}}}""")).ProblemAsync(400, "invalid_request", "path");
            Assert.DoesNotContain("canarysecret", problem.GetRawText(), StringComparison.Ordinal);
        }

        Assert.Equal(0, (await client.GetAsync("/v1/stats").JsonAsync()).GetProperty("resources").GetInt32());
    }
}
