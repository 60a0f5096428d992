using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace MemU.Crash;

/// <summary>A model whose embeddings are paid for, so that it is written down of which texts they were made. A text always has the same vector, and hardly another's.</summary>
internal sealed class PaidEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Dimension = 16;

    public static float[] Of(string text) =>
        [.. SHA256.HashData(Encoding.UTF8.GetBytes(text)).Take(Dimension).Select(b => (b - 127.5f) / 128)];

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(v => new Embedding<float>(Of(v)))));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
