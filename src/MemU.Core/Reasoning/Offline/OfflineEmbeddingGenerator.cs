using MemU.Text;
using Microsoft.Extensions.AI;

namespace MemU.Reasoning.Offline;

/// <summary>
/// Embeds text without a model by feature hashing (Weinberger et al., 2009): words, pairs of characters in scripts without blanks, and
/// n-grams of characters, each added with a sign at a place that its hash tells. Texts that share words are near each other, texts
/// that share parts of words a little. Deterministic on every machine, thread-safe.
/// </summary>
public sealed class OfflineEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The name of the embedding; it changes whenever the vectors do, also when the text analyzer or a word list changes them.</summary>
    public const string ModelName = "offline-hash-1";

    /// <summary>The length of the vectors.</summary>
    public const int Dimensions = 512;

    // Weights found by trial on public questions; they are part of what ModelName stands for.
    private const double StopWordWeight = 0.1;
    private const double EverydayWordWeight = 0.6;

    private static readonly EmbeddingGeneratorMetadata Metadata = new("offline", null, ModelName, Dimensions);

    /// <summary>Embeds each text: a vector of <see cref="Dimensions"/> finite numbers of length 1, also for a text without words.</summary>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var text in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings.Add(new Embedding<float>(Embed(text)) { ModelId = ModelName });
        }

        return Task.FromResult(embeddings);
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Does nothing: there is nothing to release.</summary>
    public void Dispose()
    {
    }

    internal static float[] Embed(string text)
    {
        var vector = new FeatureVector(new float[Dimensions]);
        var counts = new Dictionary<(string Term, bool Stop), int>();
        foreach (var token in Tokenizer.Read(text))
        {
            Count(token, counts);
        }

        foreach (var ((term, stop), count) in counts)
        {
            AddTerm(vector, term, stop, count);
        }

        if (counts.Count == 0)
        {
            // pictures and signs: the characters themselves
            foreach (var rune in text.EnumerateRunes())
            {
                if (!System.Text.Rune.IsWhiteSpace(rune))
                {
                    vector.Add(rune.ToString(), FeatureVector.Sign, 1);
                }
            }
        }

        return vector.Normalised();
    }

    private static void Count(Token token, Dictionary<(string Term, bool Stop), int> counts)
    {
        var stop = token.Kind == TokenKind.Word && StopWords.Contains(token.Text);
        List<string> terms = [];
        TextAnalyzer.AddTerms(token, keepStopWords: true, terms);
        foreach (var term in terms)
        {
            counts[(term, stop)] = counts.GetValueOrDefault((term, stop)) + 1;
        }
    }

    private static void AddTerm(FeatureVector vector, string term, bool stop, int count)
    {
        // square roots, not logarithms: they are exact and so the same everywhere
        var rarity = stop ? StopWordWeight : EverydayWords.Contains(term) ? EverydayWordWeight : 1;
        var weight = rarity * Math.Sqrt(Math.Min(count, 1_000_000));
        vector.Add(term, FeatureVector.Term, weight);
        if (!stop)
        {
            vector.AddParts(term, weight);
        }
    }
}
