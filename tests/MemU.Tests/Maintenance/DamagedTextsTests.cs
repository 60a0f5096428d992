using MemU.Maintenance;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;

namespace MemU.Tests.Maintenance;

/// <summary>A list of embedded texts that is damaged is only what was paid: an operator hears of it and a reindex forgets it, in its space alone.</summary>
public sealed class DamagedTextsTests
{
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");

    [Fact]
    public async Task A_reindex_forgets_damaged_texts_and_pays_for_nothing()
    {
        await using var bench = Workbench.Open("sqlite+json", model: "paid", isOffline: false);
        foreach (var scope in new[] { Alice, Bob })
        {
            await bench.Service.OpenSpace(scope).MemorizeAsync(Enumerable.Range(0, 130).Select(n => new ChatMessage(ChatRole.User, $"I like tea number {n}.")));
            await bench.Writer.DeliverOwedAsync(scope, default);
        }

        Assert.Equal(1, Run(bench, "UPDATE embedded_blocks SET ids = x'' WHERE collection = 'passages' AND space = (SELECT number FROM spaces WHERE user_id = 'alice')"));
        Assert.Equal("bad-embedded-texts", Assert.Single((await bench.Maintenance.CheckAsync()).Findings).Code);
        var paid = bench.Embeddings.Texts;

        await bench.Reindexer.RunAsync(Bob, new ReindexOptions(), null, default);
        Assert.Equal("bad-embedded-texts", Assert.Single((await bench.Maintenance.CheckAsync()).Findings).Code);
        await bench.Reindexer.RunAsync(Alice, new ReindexOptions(), null, default);

        Assert.Empty((await bench.Maintenance.CheckAsync()).Findings);
        Assert.Equal(paid, bench.Embeddings.Texts);
    }

    private static int Run(Workbench bench, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(bench.Data, "memu.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }
}
