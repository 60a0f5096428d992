namespace MemU.Benchmarks.Data;

/// <summary>Records to store: the same number gives the same record.</summary>
internal static class BenchItems
{
    /// <summary>The model that is named as the maker of the vectors.</summary>
    public const string Model = "bench-embedding";

    private static readonly DateTimeOffset Then = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Resource Resource(MemoryScope scope) => new()
    {
        Scope = scope, Id = ResourceId(scope), Url = "bench:items", Modality = Modality.Document, LocalPath = "", CreatedAt = Then,
    };

    public static MemoryItem Item(MemoryScope scope, long number) => new()
    {
        Scope = scope, Id = NumberedIds.Of(number), ResourceId = ResourceId(scope), MemoryType = MemoryTypes.Knowledge, Summary = Summary(number), CreatedAt = Then,
    };

    public static VectorRecord Vector(ClusteredVectors vectors, long number) => new()
    {
        Collection = VectorCollections.Items, Id = NumberedIds.Of(number), Vector = vectors[number], Text = Summary(number), Model = Model,
    };

    public static string Summary(long number) => $"Memory {number}: prefers tea over coffee in week {number % 53} and walks the dog at {number % 24} h.";

    private static string ResourceId(MemoryScope scope) => "0198f1c1-" + new Guid(Convert.FromHexString(scope.Key)).ToString()[9..];
}
