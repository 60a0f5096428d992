using Microsoft.Extensions.AI;

namespace MemU.Tests.Memorize;

/// <summary>Embeds a text as the set of its words, so that a test can tell the cosine of two texts by looking at them.</summary>
internal sealed class WordEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly Dictionary<string, int> words = [];

    public int Texts { get; private set; }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (words)
        {
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([.. values.Select(v => new Embedding<float>(Embed(v)))]));
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private float[] Embed(string text)
    {
        Texts++;
        var vector = new float[512];
        vector[0] = 0.01f;
        foreach (var word in text.ToLowerInvariant().Split([' ', ':', '_'], StringSplitOptions.RemoveEmptyEntries))
        {
            words.TryAdd(word, words.Count + 1);
            vector[words[word] % 512] = 1;
        }

        return vector;
    }
}
