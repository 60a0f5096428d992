using MemU.Commit;
using MemU.Reasoning;

namespace MemU.Edit;

/// <summary>Embeds for one operation and remembers what it has embedded, so that trying the operation again pays nothing twice.</summary>
internal sealed class EmbeddingMemo(EmbeddingModel embedding)
{
    private readonly Dictionary<string, ReadOnlyMemory<float>> known = new(StringComparer.Ordinal);

    /// <summary>One vector a text, in order; null texts are left out.</summary>
    public async Task<IReadOnlyList<VectorRecord>> EmbedAsync(IEnumerable<TextToEmbed?> texts, CancellationToken cancellationToken)
    {
        var wanted = texts.OfType<TextToEmbed>().ToList();
        var missing = wanted.Select(t => t.Text).Where(t => !known.ContainsKey(t)).Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
        {
            var vectors = await embedding.EmbedAsync(missing, new ReasoningLog(), cancellationToken);
            for (var i = 0; i < missing.Count; i++)
            {
                known[missing[i]] = vectors[i];
            }
        }

        return [.. wanted.Select(t => t.With(known[t.Text], embedding.Name))];
    }
}
