using System.Text;
using Microsoft.Extensions.AI;

namespace MemU.Evals.Embeddings;

/// <summary>Vectors that say nothing: of each text its own, by chance. They show how much a bad embedding model can harm.</summary>
internal sealed class NonsenseEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Dimension = 64;

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(v => new Embedding<float>(Vector(v)))));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static float[] Vector(string text)
    {
        var seed = Encoding.UTF8.GetBytes(text).Aggregate(17u, (hash, b) => unchecked((hash * 31) + b));
        var random = new Random(unchecked((int)seed));
        return [.. Enumerable.Range(0, Dimension).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }
}
