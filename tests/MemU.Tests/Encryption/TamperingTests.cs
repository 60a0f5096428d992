using static MemU.Tests.Encryption.CryptHouse;

namespace MemU.Tests.Encryption;

public sealed class TamperingTests : IAsyncDisposable
{
    private readonly CryptHouse house = new();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    public static TheoryData<string, string> Changes => new()
    {
        { "texts of two passages exchanged", Exchange("passages", "text") },
        { "captions of two sources exchanged", Exchange("resources", "caption") },
        { "a text put in the place of a role", "UPDATE passages SET role = text" },
        { "a summary of another space", "UPDATE memory_items SET summary = (SELECT summary FROM memory_items WHERE user_id = 'bob' LIMIT 1) WHERE user_id = 'alice'" },
        { "a changed letter", "UPDATE memory_items SET summary = substr(summary, 1, 30) || CASE substr(summary, 31, 1) WHEN 'A' THEN 'B' ELSE 'A' END || substr(summary, 32)" },
        { "a shortened text", "UPDATE passages SET text = substr(text, 1, length(text) - 4)" },
        { "a plain text", "UPDATE memory_items SET summary = 'Alice hates parrots.'" },
        { "a vector of another item", $"UPDATE loose_vectors SET vector = (SELECT o.vector FROM loose_vectors o WHERE o.place >> 32 = loose_vectors.place >> 32 AND o.id <> loose_vectors.id) WHERE {Alices}" },
        { "a vector of another space", $"UPDATE loose_vectors SET vector = (SELECT o.vector FROM loose_vectors o WHERE o.place >> 32 <> loose_vectors.place >> 32 LIMIT 1) WHERE {Alices}" },
    };

    private const string Alices = "place >> 32 = (SELECT number FROM spaces WHERE user_id = 'alice')";

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_was_changed_or_moved_by_hand_is_an_error_that_names_the_place(string what, string sql)
    {
        var host = house.Open();
        await host.RememberAsync(Alice, "Alice keeps two parrots in Oslo.\n\nAlice was born in Rome.", "a");
        await host.RememberAsync(Alice, "Alice works as a carpenter.\n\nAlice likes green tea.", "b");
        await host.RememberAsync(Bob, "Bob works as a teacher in Lisbon.");
        await ReadAllAsync(host);
        await house.CloseAsync();
        house.Sql(sql);

        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => ReadAllAsync(house.Open()));

        Assert.True(error.Provider == (what.Contains("vector", StringComparison.Ordinal) ? "sqlite" : "encryption"), what);
        Assert.Contains("encrypted", error.Message.Replace("decrypted", "encrypted", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("alice", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("parrots", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_of_another_source_is_noticed()
    {
        var host = house.Open();
        var one = (await host.RememberAsync(Alice, "Alice keeps two parrots in Oslo.", "a")).Resource;
        var other = (await host.RememberAsync(Alice, "Alice works as a carpenter.", "b")).Resource;
        var folder = Path.Combine(house.Data, "resources");
        File.Copy(Path.Combine(folder, other.LocalPath), Path.Combine(folder, one.LocalPath), overwrite: true);

        await using var content = await host.Space(Alice).OpenContentAsync(one);
        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => content!.CopyToAsync(Stream.Null));
        Assert.Contains("cannot be decrypted", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_whose_bytes_were_damaged_can_be_deleted()
    {
        var host = house.Open();
        var one = (await host.RememberAsync(Alice, "Alice keeps two parrots in Oslo.", "a")).Resource;
        var kept = Path.Combine(house.Data, "resources", one.LocalPath);
        await File.WriteAllTextAsync(kept, "damaged");

        Assert.True(await host.Space(Alice).DeleteResourceAsync(one.Id));

        Assert.False(File.Exists(kept));
    }

    private static string Exchange(string table, string column)
    {
        return $"WITH pair AS (SELECT MIN(rowid) a, MAX(rowid) b FROM {table} WHERE user_id = 'alice')"
            + $" UPDATE {table} SET {column} = (SELECT o.{column} FROM {table} o, pair WHERE o.rowid = pair.a + pair.b - {table}.rowid) WHERE rowid IN (SELECT a FROM pair UNION SELECT b FROM pair)";
    }

    private static async Task ReadAllAsync(IServiceProvider host)
    {
        var space = host.Space(Alice);
        await space.ListResourcesAsync();
        await space.ListPassagesAsync(null);
        await space.ListItemsAsync();
        await space.ListCategoriesAsync();
        await space.RetrieveAsync("Where are the parrots?");
    }
}
