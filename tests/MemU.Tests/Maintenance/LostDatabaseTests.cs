using MemU.Maintenance;
using MemU.Testing;
using Microsoft.Extensions.AI;

namespace MemU.Tests.Maintenance;

/// <summary>The database is gone or empty, and what was stored with it is still there.</summary>
public sealed class LostDatabaseTests : IDisposable
{
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TemporaryFolder folder = new();

    public static MatrixTheoryData<string, bool> Losses => new(["sqlite", "sqlite+json", "encrypted"], [false, true]);

    private string Database => folder.At("memu.db");

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Everything_but_a_restore_and_a_reset_is_refused_and_nothing_is_made_in_its_place(string kind, bool isEmpty)
    {
        await using var home = await LostAsync(kind, isEmpty);
        var space = home.Service.OpenSpace(Bob);

        foreach (var work in new Func<Task>[]
        {
            () => space.ListItemsAsync(cancellationToken: Token),
            () => space.MemorizeAsync([new ChatMessage(ChatRole.User, "I keep canarybirds.")], cancellationToken: Token),
            () => home.Maintenance.BackUpAsync(folder.At("second"), cancellationToken: Token),
            () => home.Maintenance.MigrateAsync(cancellationToken: Token),
        })
        {
            var refused = await Assert.ThrowsAsync<MemoryStoreException>(work);
            Assert.Contains(isEmpty ? "it is empty" : "it is not there", refused.Message, StringComparison.Ordinal);
            Assert.Contains("memu restore", refused.Message, StringComparison.Ordinal);
        }

        var report = await home.Maintenance.CheckAsync(cancellationToken: Token);
        Assert.Contains(report.Findings, f => f.Severity == FindingSeverity.Error && f.Message.Contains("holds what was stored with it", StringComparison.Ordinal));
        Assert.Equal(isEmpty, File.Exists(Database));
        Assert.True(!isEmpty || new FileInfo(Database).Length == 0);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_restore_brings_it_back(string kind, bool isEmpty)
    {
        await using var home = await LostAsync(kind, isEmpty);

        await home.Maintenance.RestoreAsync(Directory.GetDirectories(folder.At("backup")).Single(), overwrite: true, cancellationToken: Token);

        Assert.Single((await home.Service.OpenSpace(Alice).ListResourcesAsync(cancellationToken: Token)).Items);
        Assert.DoesNotContain((await home.Maintenance.CheckAsync(cancellationToken: Token)).Findings, f => f.Severity == FindingSeverity.Error);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_reset_starts_anew(string kind, bool isEmpty)
    {
        await using var home = await LostAsync(kind, isEmpty);

        await home.Maintenance.ResetAsync(cancellationToken: Token);

        await home.Service.OpenSpace(Bob).MemorizeAsync([new ChatMessage(ChatRole.User, "I keep canarybirds.")], cancellationToken: Token);
        Assert.Empty((await home.Maintenance.CheckAsync(cancellationToken: Token)).Findings);
    }

    [Fact]
    public async Task Vectors_that_the_Python_code_left_alone_are_no_loss()
    {
        await File.WriteAllTextAsync(folder.At("vectors.json"), """{"items": {"i": {"user_id": "alice", "agent_id": "default", "vector": [1, 0]}}}""", Token);
        await using var home = Open("sqlite+json");

        Assert.Empty((await home.Service.OpenSpace(Alice).ListItemsAsync(cancellationToken: Token)).Items);
        await home.Service.OpenSpace(Bob).MemorizeAsync([new ChatMessage(ChatRole.User, "I keep canarybirds.")], cancellationToken: Token);
    }

    [Theory]
    [MemberData(nameof(Workbench.KindsWithFiles), MemberType = typeof(Workbench))]
    public async Task A_first_source_whose_writer_died_before_its_commit_is_no_loss(string kind)
    {
        await using (var dead = Open(kind))
        {
            var content = "I sail on Sundays."u8.ToArray();
            (await dead.Blobs.DoubtAsync(Alice, content, Token)).Dispose();
            await dead.Blobs.PutAsync(Alice, content, "a.txt", Token);
        }

        await using var home = Open(kind);
        Assert.Empty((await home.Service.OpenSpace(Alice).ListItemsAsync(cancellationToken: Token)).Items);
        await home.Service.OpenSpace(Alice).MemorizeAsync([new ChatMessage(ChatRole.User, "I keep bees.")], cancellationToken: Token);
        Assert.DoesNotContain((await home.Maintenance.CheckAsync(cancellationToken: Token)).Findings, f => f.Severity == FindingSeverity.Error);
    }

    private Workbench Open(string kind) => Workbench.Open(kind, folder.Path);

    /// <summary>Alice had one source, of which there is a backup; then the database was lost.</summary>
    private async Task<Workbench> LostAsync(string kind, bool isEmpty)
    {
        await using (var home = Open(kind))
        {
            await home.Service.OpenSpace(Alice).MemorizeAsync([new ChatMessage(ChatRole.User, "I sail on Sundays.")], cancellationToken: Token);
            await home.Maintenance.BackUpAsync(folder.At("backup"), cancellationToken: Token);
        }

        foreach (var file in new[] { Database, Database + "-wal", Database + "-shm" })
        {
            File.Delete(file);
        }

        if (isEmpty)
        {
            await File.WriteAllBytesAsync(Database, [], Token);
        }

        return Open(kind);
    }
}
