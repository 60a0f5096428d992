using System.Runtime.InteropServices;
using System.Text;
using MemU.Memorize;
using MemU.Reasoning.Offline;
using MemU.Resources;
using MemU.Storage;
using MemU.Tests.Maintenance;
using Microsoft.Extensions.AI;
using static MemU.Tests.Encryption.CryptHouse;

namespace MemU.Tests.Encryption;

public sealed class EncryptedFolderTests : IAsyncDisposable
{
    private static readonly string[] Canaries = ["Zanzibarita", "quokkaphone", "msg-canary-17", "Fennimore", "canaryfile", "canarycat"];
    private readonly CryptHouse house = new();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task No_byte_of_the_folder_shows_what_was_memorized()
    {
        var host = house.Open();
        await MemorizeAllAsync(host);
        var item = (await host.Space(Alice).ListItemsAsync()).Items[0];

        AssertHidden();
        await host.Space(Alice).UpdateItemAsync(item.Id, new() { Summary = "Fennimore sold the quokkaphone" });
        await host.Space(Alice).CreateCategoryAsync(new("canarycat", "About Zanzibarita"));
        AssertHidden();
        await house.CloseAsync();
        AssertHidden();

        // The search for canaries finds what is there: without a key they all are.
        await using var open = new CryptHouse();
        var plain = open.Open(key: null);
        await MemorizeAllAsync(plain);
        Assert.All(Canaries[..^1], canary => Assert.NotEmpty(open.FilesWith(Encoding.UTF8.GetBytes(canary))));
    }

    [Fact]
    public async Task Vectors_are_not_in_the_folder_as_numbers()
    {
        var host = house.Open();
        await host.RememberAsync(Alice, "Alice keeps two parrots in Oslo.");
        var summary = (await host.Space(Alice).ListItemsAsync()).Items[0].Summary;
        var vector = (await new OfflineEmbeddingGenerator().GenerateAsync([summary]))[0].Vector.ToArray();
        Assert.Equal("1", Assert.Single(house.Sql("SELECT COUNT(*) FROM loose_vectors WHERE collection = 'items'")));

        // A vector may be split between two pages of the database, so short stretches of it are looked for.
        var stretches = Enumerable.Range(0, vector.Length - 8).Select(i => vector[i..(i + 8)]).Where(s => s.Count(x => x != 0) >= 2).Take(40).ToList();
        Assert.NotEmpty(stretches);
        Assert.DoesNotContain(stretches, s => house.FilesWith(BytesOf(s)).Count > 0);
        await using var open = new CryptHouse();
        await open.Open(key: null, m => m.UseSqliteVectors()).RememberAsync(Alice, "Alice keeps two parrots in Oslo.");
        Assert.Contains(stretches, s => open.FilesWith(BytesOf(s)).Count > 0);
    }

    [Fact]
    public async Task What_a_paid_model_embedded_is_remembered_without_telling_the_text()
    {
        const string Words = "Alice keeps two parrots in Oslo.";
        using var embeddings = new HashEmbeddings(8);
        var host = house.Open(configure: m => m.UseEmbeddingGenerator(embeddings, "paid"));
        await host.RememberAsync(Alice, Words, "a");
        var paid = embeddings.Texts;

        await host.RememberAsync(Alice, Words, "b");

        Assert.True(embeddings.Texts - paid < paid);
        Assert.Empty(house.FilesWith(Convert.FromHexString(EmbeddedText.HashOf(Words))));
        Assert.Contains(await host.Store().FindEmbeddedTextsAsync(Alice, "paid", [EmbeddedText.HashOf(Words)], default), t => t.Collection == VectorCollections.Items);
        Assert.Empty(await host.Store().FindEmbeddedTextsAsync(Bob, "paid", [EmbeddedText.HashOf(Words)], default));
    }

    [Fact]
    public async Task Words_and_vectors_are_found_as_without_encryption()
    {
        await using var open = new CryptHouse();
        var (sealedHost, plainHost) = (house.Open(), open.Open(key: null));
        foreach (var host in new[] { sealedHost, plainHost })
        {
            await MemorizeAllAsync(host);
        }

        foreach (var question in new[] { "Who has a quokkaphone?", "Where does she live?", "allergic" })
        {
            var (found, expected) = (await sealedHost.Space(Alice).RetrieveAsync(question), await plainHost.Space(Alice).RetrieveAsync(question));
            Assert.NotEmpty(found.Evidence);
            Assert.Equal(expected.Evidence.Select(e => (e.Value.Text, e.Score)), found.Evidence.Select(e => (e.Value.Text, e.Score)));
            Assert.Equal(expected.Items.Select(e => (e.Value.Summary, e.Score)), found.Items.Select(e => (e.Value.Summary, e.Score)));
            Assert.Equal(expected.Categories.Select(e => e.Value.Name), found.Categories.Select(e => e.Value.Name));
        }

        Assert.Equal(
            (await plainHost.Operator().GetStatisticsAsync().ToListAsync())[0].TextCharacters,
            (await sealedHost.Operator().GetStatisticsAsync().ToListAsync())[0].TextCharacters);
    }

    [Fact]
    public async Task A_space_shows_nothing_of_its_neighbour_and_has_a_key_of_its_own()
    {
        var host = house.Open();
        await host.RememberAsync(Bob, "Bob works with a CANARY in the cellar.");
        await host.RememberAsync(Alice, "Alice keeps two parrots in Oslo.");

        Assert.Equal(2, Directory.GetFiles(house.Keys, "*.json").Count(f => Path.GetFileName(f) != "encryption.json"));
        var found = await host.Space(Alice).RetrieveAsync("Where is the CANARY?");
        Assert.DoesNotContain(found.Evidence, e => e.Value.Text.Contains("CANARY", StringComparison.Ordinal));
        Assert.DoesNotContain(found.Items, e => e.Value.Summary.Contains("CANARY", StringComparison.Ordinal));

        // The same text in two spaces looks different.
        await host.RememberAsync(Bob, "Alice keeps two parrots in Oslo.", "second");
        Assert.Equal(3, house.Sql("SELECT DISTINCT summary FROM memory_items").Count);
        Assert.Equal(3, Directory.GetFiles(Path.Combine(house.Data, "resources"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Distinct().Count());
    }

    [Fact]
    public async Task The_bytes_of_a_source_come_back_and_its_name_tells_nothing()
    {
        var host = house.Open();
        var file = house.At("canaryfile.pdf.txt");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("Alice keeps two parrots in Oslo. ", 9000)));
        var resource = (await host.Space(Alice).MemorizeAsync(ResourceRef.File(file), Modality.Document)).Resource;

        await using var content = await host.Space(Alice).OpenContentAsync(resource);
        using var bytes = new MemoryStream();
        await content!.CopyToAsync(bytes);
        Assert.Equal(await File.ReadAllBytesAsync(file), bytes.ToArray());
        var kept = Assert.Single(Directory.GetFiles(Path.Combine(house.Data, "resources"), "*", SearchOption.AllDirectories));
        Assert.DoesNotContain(resource.ContentHash!, kept, StringComparison.Ordinal);
        Assert.Equal("", Path.GetExtension(kept));
        Assert.Empty(house.FilesWith(Encoding.UTF8.GetBytes(resource.ContentHash!)));
    }

    [Fact]
    public async Task Bytes_that_were_damaged_are_mended_when_their_source_is_memorized_again()
    {
        var host = house.Open();
        await host.RememberAsync(Alice, "Alice keeps two parrots in Oslo.");
        var kept = Assert.Single(Directory.GetFiles(Path.Combine(house.Data, "resources"), "*", SearchOption.AllDirectories));
        var written = await File.ReadAllBytesAsync(kept);
        written[^1] ^= 1;
        await File.WriteAllBytesAsync(kept, written);
        Assert.Contains((await host.Operator().CheckAsync()).Findings, f => f.Code == "damaged-blob");

        await host.RememberAsync(Alice, "Alice keeps two parrots in Oslo.");

        Assert.True((await host.Operator().CheckAsync()).IsHealthy);
    }

    [Fact]
    public async Task Memorizing_the_same_again_adds_nothing_and_a_change_replaces()
    {
        var host = house.Open();
        await host.RememberAsync(Alice, "Alice keeps two parrots in Oslo.");

        Assert.Equal(MemorizeOutcome.Unchanged, (await host.RememberAsync(Alice, "Alice keeps two parrots in Oslo.")).Outcome);
        Assert.Equal(MemorizeOutcome.Replaced, (await house.Open().RememberAsync(Alice, "Alice keeps a cat in Bergen.")).Outcome);
        Assert.Single(Directory.GetFiles(Path.Combine(house.Data, "resources"), "*", SearchOption.AllDirectories));
        Assert.True((await host.Operator().CheckAsync()).IsHealthy);
    }

    [Fact]
    public async Task Many_hosts_that_begin_a_space_at_once_agree_on_one_key()
    {
        var hosts = Enumerable.Range(0, 12).Select(_ => house.Open()).ToList();

        var ciphers = await Task.WhenAll(hosts.Select(h => Task.Run(async () => await h.SpaceKeys().GetOrMakeAsync(Alice, default))));

        Assert.All(ciphers, c => Assert.True(c.HasKeyOf(ciphers[0])));
        Assert.Equal(
            new[] { "encryption.json", $"{Alice.Key}.json", "keys.lock" }.Order(StringComparer.Ordinal),
            Directory.GetFiles(house.Keys).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    private static ReadOnlySpan<byte> BytesOf(float[] vector) => MemoryMarshal.AsBytes(vector.AsSpan());

    private async Task MemorizeAllAsync(IServiceProvider host)
    {
        await host.Space(Alice).MemorizeAsync(
            [
                new(ChatRole.User, "I live in Zanzibarita and I am allergic to peanuts.") { MessageId = "msg-canary-17", AuthorName = "Fennimore" },
                new(ChatRole.Assistant, "Noted."),
                new(ChatRole.User, "My sister plays the quokkaphone every Sunday.") { AuthorName = "Fennimore" },
            ],
            name: "canaryfile");
        var file = house.At("canaryfile.md");
        await File.WriteAllTextAsync(file, "# Report\n\nThe quokkaphone was built in Zanzibarita by Fennimore.\n");
        await host.Space(Alice).MemorizeAsync(ResourceRef.File(file), Modality.Document);
    }

    private void AssertHidden()
    {
        foreach (var canary in Canaries)
        {
            foreach (var form in new[]
            {
                Encoding.UTF8.GetBytes(canary), Encoding.Unicode.GetBytes(canary), Encoding.UTF8.GetBytes(canary.ToUpperInvariant()), Encoding.UTF8.GetBytes(canary.ToLowerInvariant()),
                Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(canary))[..8]), Encoding.UTF8.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(canary))),
            })
            {
                Assert.Empty(house.FilesWith(form));
            }
        }
    }
}
