using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>Makes commits over a small pool of ids, so that they often meet: updates, dangling pointers, taken names, old expectations.</summary>
internal sealed class RandomChanges(MemoryScope scope, int seed)
{
    private readonly Random random = new(seed);
    private readonly Rows rows = new(scope);

    public MemoryChanges Next()
    {
        var changes = Any();

        // A summary of a category that the same commit removes is a contradiction that no caller makes.
        return changes with { Summaries = [.. changes.Summaries.Where(s => !changes.RemovedCategories.Contains(s.CategoryId))] };
    }

    private MemoryChanges Any() => new()
    {
        RemovedResources = Some(0.05, () => Id("r", 4)),
        RemovedPassages = Some(0.1, () => Id("p", 8)),
        RemovedItems = Some(0.1, () => Id("i", 8)),
        RemovedCategories = Some(0.1, () => Id("c", 4)),
        RemovedLinks = Some(0.2, () => new CategoryItem(scope, Id("i", 8), Id("c", 4))),
        RemovedHistory = Some(0.1, () => Id("i", 8)),
        Resources = Some(0.3, Resource),
        Passages = Some(0.3, Passage),
        Categories = Some(0.3, () => rows.Category($"name {random.Next(12)}", Word(), Id("c", 4))),
        Summaries = Some(0.1, () => new SummaryWrite(Id("c", 4), Word(), Word())),
        Items = Some(0.3, Item),
        Links = Some(0.3, () => new CategoryItem(scope, Id("i", 8), Id("c", 4))),
        History = Some(0.3, () => rows.Revision(Item(), Id("h", 6))),
    };

    private ResourceWrite Resource() =>
        new(rows.Resource($"url {random.Next(12)}", Word(), Id("r", 4)) with { Caption = Word() }, Exists: random.Next(5) == 0, ExpectedContentHash: Word());

    private Passage Passage()
    {
        var id = Id("p", 8);
        return rows.Passage(rows.Resource(id: Id("r", 4)), id[^1] - '0', Word() ?? "nothing", id);
    }

    private MemoryItem Item() => rows.Item(rows.Resource(id: Id("r", 4)), Word() ?? "nothing", Word() ?? "type", Id("i", 8)) with
    {
        PassageIds = [.. Some(0.2, () => Id("p", 8)).Distinct()],
    };

    private string Id(string kind, int count) => $"{scope.User}-{kind}{random.Next(count)}";

    private string? Word() => random.Next(4) switch { 0 => null, 1 => "one", 2 => "two", _ => "three" };

    private List<T> Some<T>(double chance, Func<T> make)
    {
        List<T> made = [];
        while (random.NextDouble() < chance && made.Count < 4)
        {
            made.Add(make());
        }

        return made;
    }
}
