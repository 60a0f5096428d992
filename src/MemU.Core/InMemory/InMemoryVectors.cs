using System.Collections.Immutable;
using MemU.Vectors;

namespace MemU.InMemory;

/// <summary>One collection of one space: the vectors, and beside them what else belongs to a record. Not thread-safe but for questions.</summary>
internal sealed class InMemoryVectors(string collection, VectorSearchMode mode, int threads)
{
    private readonly SpaceVectors vectors = new(mode, threads);
    private ImmutableSortedDictionary<string, (string? Text, string? Model)> labels =
        ImmutableSortedDictionary.Create<string, (string?, string?)>(StringComparer.Ordinal);

    /// <summary>The ids of this moment, in order.</summary>
    public IEnumerable<string> Ids => labels.Keys;

    public bool Has(string id) => labels.ContainsKey(id);

    public VectorRecord? Get(string id) => labels.TryGetValue(id, out var label) && vectors.TryGet(id, out var vector)
        ? new VectorRecord { Collection = collection, Id = id, Vector = vector, Text = label.Text, Model = label.Model }
        : null;

    public VectorHits Query(VectorQuery query) => vectors.Query(query);

    /// <summary>Removes, then inserts or replaces; questions see all of it or nothing.</summary>
    public void Apply(IReadOnlyList<string> removed, IReadOnlyList<VectorRecord> upserted)
    {
        var builder = labels.ToBuilder();
        builder.RemoveRange(removed);
        foreach (var record in upserted)
        {
            builder[record.Id] = (record.Text, record.Model);
        }

        labels = builder.ToImmutable();
        vectors.Apply(removed, upserted);
    }
}
