using System.Text;
using MemU.Commit;
using MemU.Reasoning;
using MemU.Storage;

namespace MemU.Tests.Maintenance;

/// <summary>What <see cref="Seed.PutAsync"/> put into a space.</summary>
internal sealed record Seeded(Resource First, Resource Second, MemoryItem Shared, MemoryItem OfFirst, MemoryCategory Page, MemoryCategory Bare);

/// <summary>
/// A small space with one of everything: two sources with bytes, three passages, two items (one told by both sources), a category with and one
/// without a summary, links, history, vectors. Every text holds the given word, so that a leak can be seen.
/// </summary>
internal static class Seed
{
    public static async Task<Seeded> PutAsync(Workbench bench, MemoryScope scope, string word)
    {
        var now = bench.Clock.GetUtcNow().AddMicroseconds(123_457);
        var first = await SourceAsync(bench, scope, $"/chats/{word}-monday.txt", Modality.Conversation, $"Talk about {word} on Monday", $"user: {word} likes tea\nuser: {word} lives in Porto", now);
        var second = await SourceAsync(bench, scope, $"/notes/{word}.md", Modality.Document, null, $"{word} likes tea", now.AddDays(1));
        Passage[] passages =
        [
            Passage(bench, first, 0, 6, $"{word} likes tea", "user", "m-1", now),
            Passage(bench, first, 1, 25, $"{word} lives in Porto – “ça va” 日本", "user", "m-2", null),
            Passage(bench, second, 0, 0, $"{word} likes tea", null, null, null),
        ];
        var shared = Item(bench, first, MemoryTypes.Profile, $"{word} likes tea", now, [passages[0].Id, passages[2].Id], new DateTimeOffset(2026, 2, 1, 9, 30, 0, TimeSpan.FromHours(2)));
        var ofFirst = Item(bench, first, MemoryTypes.Event, $"{word} moved to Porto", now, [passages[1].Id], null);
        var page = Category(bench, scope, $"preferences {word}", "Likes and dislikes", $"# Preferences\n- {word} likes tea", now);
        var bare = Category(bench, scope, $"places {word}", "", null, now);
        var revision = new ItemRevision
        {
            Scope = scope, Id = bench.Ids.Next(), ItemId = shared.Id, ResourceId = first.Id, MemoryType = MemoryTypes.Profile,
            Summary = $"{word} likes coffee", CreatedAt = now.AddDays(-3), ReplacedAt = now, Reason = "edited",
        };
        List<TextToEmbed> texts =
        [
            TextToEmbed.Of(first), TextToEmbed.Of(second), TextToEmbed.Of(page), TextToEmbed.Of(bare),
            .. TextToEmbed.Some(TextToEmbed.Of(shared), TextToEmbed.Of(ofFirst), TextToEmbed.OfSummary(page)),
            .. bench.Model.IsOffline ? [] : TextToEmbed.Some([.. passages.Select(TextToEmbed.Of)]),
        ];
        var vectors = await bench.Model.EmbedAsync([.. texts.Select(t => t.Text)], new ReasoningLog(), default);
        await bench.Writer.CommitAsync(
            scope,
            new MemoryChanges
            {
                Resources = [new ResourceWrite(first), new ResourceWrite(second)],
                Passages = passages,
                Categories = [page, bare],
                Items = [shared, ofFirst],
                Links = [new CategoryItem(scope, shared.Id, page.Id), new CategoryItem(scope, ofFirst.Id, bare.Id), new CategoryItem(scope, ofFirst.Id, page.Id)],
                History = [revision],
                Vectors = [.. texts.Select((t, i) => t.With(vectors[i], bench.Model.Name))],
            },
            default);
        return new Seeded(first, second, shared, ofFirst, page, bare);
    }

    public static async Task<Resource> SourceAsync(
        Workbench bench, MemoryScope scope, string url, Modality modality, string? caption, string content, DateTimeOffset now)
    {
        // The database first: bytes of which nobody doubts are those of a commit, and without a database it would be a lost one.
        await bench.Maintenance.MigrateAsync();
        var blob = await bench.Blobs.PutAsync(scope, Encoding.UTF8.GetBytes(content), url, default);
        return new Resource
        {
            Scope = scope, Id = bench.Ids.Next(), Url = url, Modality = modality, LocalPath = blob.Key, Caption = caption, CreatedAt = now,
            ContentHash = blob.Hash, Size = blob.Size,
        };
    }

    private static Passage Passage(Workbench bench, Resource resource, int position, int start, string text, string? role, string? messageId, DateTimeOffset? at) => new()
    {
        Scope = resource.Scope, Id = bench.Ids.Next(), ResourceId = resource.Id, Position = position, Segment = position, Start = start, Text = text,
        Role = role, MessageId = messageId, HappenedAt = at,
    };

    private static MemoryItem Item(
        Workbench bench, Resource resource, string type, string summary, DateTimeOffset now, string[] passages, DateTimeOffset? happenedAt) => new()
    {
        Scope = resource.Scope, Id = bench.Ids.Next(), ResourceId = resource.Id, MemoryType = type, Summary = summary, CreatedAt = now, PassageIds = passages,
        HappenedAt = happenedAt,
    };

    private static MemoryCategory Category(Workbench bench, MemoryScope scope, string name, string description, string? summary, DateTimeOffset now) => new()
    {
        Scope = scope, Id = bench.Ids.Next(), Name = name, Description = description, Summary = summary, CreatedAt = now,
    };
}
