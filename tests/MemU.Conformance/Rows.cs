using MemU.Storage;
using Microsoft.Extensions.Time.Testing;

namespace MemU.Conformance;

/// <summary>Makes records of one space with ids and times that repeat from run to run.</summary>
internal sealed class Rows(MemoryScope scope, int seed = 1)
{
    private readonly IdSource ids = new(Clock, seed);
    private int made;

    public static DateTimeOffset Start { get; } = new(2025, 11, 3, 9, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider Clock => new(Start);

    public MemoryScope Scope => scope;

    public string Id() => ids.Next();

    public Resource Resource(string? url = null, string? hash = "h1", string? id = null) => new()
    {
        Scope = scope,
        Id = id ?? Id(),
        Url = url ?? $"file:///{seed}/source-{++made}",
        Modality = Modality.Conversation,
        LocalPath = "a/b.json",
        Caption = "They talk about sailing.",
        CreatedAt = Start,
        ContentHash = hash,
        Size = 100,
    };

    public Passage Passage(Resource resource, int position = 0, string text = "I sail on Sundays.", string? id = null) => new()
    {
        Scope = scope,
        Id = id ?? Id(),
        ResourceId = resource.Id,
        Position = position,
        Segment = 1,
        Start = position * 100,
        Role = "user",
        MessageId = $"m{position}",
        HappenedAt = Start.AddMinutes(position),
        Text = text,
    };

    public MemoryItem Item(Resource resource, string? summary = null, string type = MemoryTypes.Profile, string? id = null, params Passage[] passages) => new()
    {
        Scope = scope,
        Id = id ?? Id(),
        ResourceId = resource.Id,
        MemoryType = type,
        Summary = summary ?? $"The user sails, {seed}.{++made}.",
        CreatedAt = Start,
        HappenedAt = Start.AddDays(-1),
        PassageIds = [.. passages.Select(p => p.Id)],
    };

    public MemoryCategory Category(string? name = null, string? summary = null, string? id = null) => new()
    {
        Scope = scope,
        Id = id ?? Id(),
        Name = name ?? $"topic_{seed}_{++made}",
        Description = "What belongs here",
        Summary = summary,
        CreatedAt = Start,
    };

    public CategoryItem Link(MemoryItem item, MemoryCategory category) => new(scope, item.Id, category.Id);

    public ItemRevision Revision(MemoryItem item, string? id = null) => new()
    {
        Scope = scope,
        Id = id ?? Id(),
        ItemId = item.Id,
        ResourceId = item.ResourceId,
        MemoryType = item.MemoryType,
        Summary = item.Summary,
        CreatedAt = item.CreatedAt,
        ReplacedAt = Start.AddHours(1),
        Reason = "edited",
    };

    public VectorRecord Vector(string collection, string id, params float[] vector) => new()
    {
        Collection = collection,
        Id = id,
        Vector = vector.Length == 0 ? new[] { 1f, 2f, 2f } : vector,
        Text = "The user sails.",
        Model = "test-model",
    };

    /// <summary>A resource with two passages, an item drawn from both, a category with the item on its page, a revision and all vectors.</summary>
    public Sample Full(string? url = null)
    {
        var resource = Resource(url);
        var first = Passage(resource);
        var second = Passage(resource, 1, "My boat is called Swallow.");
        var item = Item(resource, passages: [first, second]);
        var category = Category();
        return new Sample(this, resource, first, second, item, category, Revision(item));
    }
}
