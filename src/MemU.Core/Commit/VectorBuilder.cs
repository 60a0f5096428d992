using MemU.Reasoning;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Commit;

/// <summary>
/// Makes the vectors that a commit carries: only those that the index does not hold yet for this text and model. A text that the model has
/// embedded before, for whatever record of this space, is not sent again; the others go in as few requests as possible. One builder serves one operation and remembers what it embedded. Not thread-safe.
/// </summary>
internal sealed class VectorBuilder(MemoryScope scope, IMemoryStore store, IVectorIndex index, EmbeddingModel model, ReasoningLog log)
{
    private readonly KnownEmbeddings known = new(store, index, model);
    private readonly Dictionary<string, ReadOnlyMemory<float>> embedded = new(StringComparer.Ordinal);

    /// <summary>The vectors to write; empty when the index holds them all.</summary>
    public async Task<IReadOnlyList<VectorRecord>> BuildAsync(IReadOnlyList<TextToEmbed> wanted, CancellationToken cancellationToken)
    {
        var (_, missing) = await LookUpAsync(wanted, cancellationToken);
        await EmbedAsync([.. missing.Select(m => m.Text)], cancellationToken);
        return [.. missing.Select(m => new VectorRecord { Collection = m.Collection, Id = m.Id, Text = m.Text, Model = model.Name, Vector = embedded[m.Text] })];
    }

    /// <summary>The vector of each text, in order, from the index where it holds them.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> VectorsOfAsync(IReadOnlyList<TextToEmbed> wanted, CancellationToken cancellationToken)
    {
        var (held, missing) = await LookUpAsync(wanted, cancellationToken);
        await EmbedAsync([.. missing.Select(m => m.Text)], cancellationToken);
        return [.. wanted.Select(w => held.TryGetValue(w, out var vector) ? vector : embedded[w.Text])];
    }

    private async Task<(Dictionary<TextToEmbed, ReadOnlyMemory<float>> Held, List<TextToEmbed> Missing)> LookUpAsync(
        IReadOnlyList<TextToEmbed> wanted, CancellationToken cancellationToken)
    {
        Dictionary<TextToEmbed, ReadOnlyMemory<float>> held = [];
        List<TextToEmbed> missing = [];
        foreach (var group in wanted.GroupBy(w => w.Collection))
        {
            var found = (await index.GetAsync(scope, group.Key, [.. group.Select(w => w.Id)], cancellationToken)).ToDictionary(v => v.Id);
            foreach (var w in group)
            {
                if (found.TryGetValue(w.Id, out var v) && v.Text == w.Text && v.Model == model.Name)
                {
                    held[w] = v.Vector;
                }
                else
                {
                    missing.Add(w);
                }
            }
        }

        return (held, missing);
    }

    private async Task EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        string[] missing = [.. texts.Where(t => !embedded.ContainsKey(t)).Distinct(StringComparer.Ordinal)];
        if (missing.Length == 0)
        {
            return;
        }

        foreach (var (text, vector) in await known.FindAsync(scope, missing, cancellationToken))
        {
            embedded[text] = vector;
        }

        await RequestAsync([.. missing.Where(t => !embedded.ContainsKey(t))], cancellationToken);

        // Somebody may have told the model to make vectors of another length meanwhile: then what it made before cannot be compared.
        if (model.KnownDimension is { } dimension)
        {
            await RequestAsync([.. missing.Where(t => embedded[t].Length != dimension)], cancellationToken);
        }
    }

    private async Task RequestAsync(string[] texts, CancellationToken cancellationToken)
    {
        var vectors = texts.Length == 0 ? [] : await model.EmbedAsync(texts, log, cancellationToken);
        for (var i = 0; i < texts.Length; i++)
        {
            embedded[texts[i]] = vectors[i];
        }
    }
}
