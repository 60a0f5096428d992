using MemU.InMemory;
using MemU.Commit;
using MemU.Reasoning;
using MemU.Retrieve;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MemU.Tests.Retrieve;

/// <summary>The retrieve flow over real in-memory stores, with a scripted reasoner.</summary>
internal sealed class RetrieveHouse
{
    private readonly IdSource ids;

    public RetrieveHouse(TopicEmbedding? embedding = null, bool isOffline = false, IVectorIndex? index = null, IPassageReranker? reranker = null)
    {
        Time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        ids = new IdSource(Time, seed: 7);
        Embedding = embedding ?? new TopicEmbedding();
        Index = index ?? new InMemoryVectorIndex();
        Model = new EmbeddingModel(Embedding, "topics-1", isOffline);
        Texts = new SpaceTextIndexCache(Store, Time);
        var vectors = new VectorSearch(Index, Model);
        Flow = new RetrieveFlow(
            new SpaceWriter(Store, Index, new InMemoryBlobStore(), NullLogger<SpaceWriter>.Instance), Texts, Reasoner,
            new TierSearch(Store, new RagSearch(vectors), new ReasonerSearch(Store, Reasoner)), new EvidenceSearch(Store, new QuerySearch(vectors), new Reranking(Reasoner, reranker), Reasoner),
            new ContextPacker(Store), RetrieveOptions.Default, Time, NullLogger<RetrieveFlow>.Instance);
    }

    public static MemoryScope Alice { get; } = new("alice");

    public static MemoryScope Bob { get; } = new("bob");

    public FakeTimeProvider Time { get; }

    public InMemoryStore Store { get; } = new();

    public IVectorIndex Index { get; }

    public ScriptedReasoner Reasoner { get; } = new();

    public TopicEmbedding Embedding { get; }

    public EmbeddingModel Model { get; }

    public SpaceTextIndexCache Texts { get; }

    public RetrieveFlow Flow { get; }

    public Task<RetrieveResult> AskAsync(string question, RetrieveOptions? options = null, MemoryScope? scope = null) =>
        Flow.RunAsync(scope ?? Alice, [new ContextMessage("user", question)], options, CancellationToken.None);

    /// <summary>A source whose turns are its passages; each turn is also an item unless told otherwise.</summary>
    public async Task<Resource> AddTalkAsync(
        MemoryScope scope, string caption, (string Role, string Text)[] turns, DateTimeOffset? at = null, bool withItems = true, string? url = null,
        string type = MemoryTypes.Event)
    {
        var resource = new Resource
        {
            Scope = scope, Id = ids.Next(), Url = url ?? $"messages:{ids.Next()}", Modality = Modality.Conversation, LocalPath = "", Caption = caption,
            CreatedAt = Time.GetUtcNow(),
        };
        var passages = turns.Select((turn, i) => new Passage
        {
            Scope = scope, Id = ids.Next(), ResourceId = resource.Id, Position = i, Start = 100 * i, Role = turn.Role, Text = turn.Text,
            MessageId = $"m{i + 1}", HappenedAt = at,
        }).ToList();
        var items = passages.Where(_ => withItems).Select(p => new MemoryItem
        {
            Scope = scope, Id = ids.Next(), ResourceId = resource.Id, MemoryType = type, Summary = $"{p.Role} said: {p.Text}",
            CreatedAt = Time.GetUtcNow(), PassageIds = [p.Id],
        }).ToList();
        await Store.CommitAsync(scope, new MemoryChanges
        {
            Resources = [new ResourceWrite(resource)],
            Passages = passages,
            Items = items,
            Vectors =
            [
                Record(VectorCollections.Resources, resource.Id, caption),
                .. items.Select(i => Record(VectorCollections.Items, i.Id, i.Summary)),
                .. passages.Where(_ => !Model.IsOffline).Select(p => Record(VectorCollections.Passages, p.Id, p.Text)),
            ],
        }, CancellationToken.None);
        return resource;
    }

    public async Task<MemoryCategory> AddCategoryAsync(MemoryScope scope, string name, string description, string? summary)
    {
        var category = new MemoryCategory
        {
            Scope = scope, Id = ids.Next(), Name = name, Description = description, Summary = summary, CreatedAt = Time.GetUtcNow(),
        };
        await Store.CommitAsync(scope, new MemoryChanges
        {
            Categories = [category],
            Vectors =
            [
                Record(VectorCollections.Categories, category.Id, category.EmbeddingText),
                .. summary is null ? [] : new[] { Record(VectorCollections.CategorySummaries, category.Id, summary) },
            ],
        }, CancellationToken.None);
        return category;
    }

    public VectorRecord Record(string collection, string id, string text) => new()
    {
        Collection = collection, Id = id, Vector = Embedding.Vector(text), Text = text, Model = Model.Name,
    };
}
