using MemU.Reasoning;
using MemU.Storage;
using MemU.Telemetry;
using MemU.Vectors;

namespace MemU.Commit;

/// <summary>
/// Finds vectors that a model has already made of texts of this space: under another record, or before another model was used. Nothing of other spaces
/// is looked at, so nobody learns from a fast answer what somebody else remembers. Thread-safe.
/// </summary>
internal sealed class KnownEmbeddings(IMemoryStore store, IVectorIndex index, EmbeddingModel model)
{
    // The index may have lost one of them.
    private const int Tries = 3;

    // As many as an import lets wait at most, when the index can be written.
    private const int DebtsLookedAt = 5000;

    /// <summary>Vectors by text; texts that the model has not embedded are left out.</summary>
    public async Task<Dictionary<string, ReadOnlyMemory<float>>> FindAsync(
        MemoryScope scope, IReadOnlyCollection<string> texts, CancellationToken cancellationToken)
    {
        Dictionary<string, ReadOnlyMemory<float>> vectors = new(StringComparer.Ordinal);
        if (model.IsOffline || texts.Count == 0)
        {
            return vectors;
        }

        var textByHash = texts.Distinct(StringComparer.Ordinal).ToDictionary(EmbeddedText.HashOf);
        var found = await store.FindEmbeddedTextsAsync(scope, model.Name, textByHash.Keys, cancellationToken);
        foreach (var former in found.Where(f => f.Vector is not null))
        {
            vectors[textByHash[former.TextHash]] = former.Vector!.Value;
        }

        // Some words are said a thousand times; a few of those records will do.
        var held = found.Where(f => f.Vector is null && !vectors.ContainsKey(textByHash[f.TextHash])).GroupBy(f => f.TextHash).SelectMany(g => g.Take(Tries));
        foreach (var collection in held.GroupBy(f => f.Collection))
        {
            foreach (var vector in await index.GetAsync(scope, collection.Key, [.. collection.Select(f => f.Id)], cancellationToken))
            {
                // The index is derived and may have lost or changed it: what it says counts.
                if (vector.Model == model.Name && vector.Text is { } text && textByHash.ContainsKey(EmbeddedText.HashOf(text)))
                {
                    vectors[text] = vector.Vector;
                }
            }
        }

        await AddOwedAsync(scope, [.. found.Select(f => textByHash[f.TextHash]).Where(t => !vectors.ContainsKey(t))], vectors, cancellationToken);
        CacheUse.Count(CacheUse.Embeddings, isHit: true, vectors.Count);
        CacheUse.Count(CacheUse.Embeddings, isHit: false, textByHash.Count - vectors.Count);
        return vectors;
    }

    /// <summary>What the index does not hold because it could not be written: its vector stands where it is owed.</summary>
    private async Task AddOwedAsync(
        MemoryScope scope, HashSet<string> texts, Dictionary<string, ReadOnlyMemory<float>> vectors, CancellationToken cancellationToken)
    {
        if (texts.Count == 0)
        {
            return;
        }

        foreach (var owed in await store.ListOwedVectorsAsync(scope, DebtsLookedAt, cancellationToken))
        {
            if (owed.Record is { Text: { } text } record && record.Model == model.Name && texts.Contains(text))
            {
                vectors[text] = record.Vector;
            }
        }
    }
}
