using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace MemU.Tests.Maintenance;

/// <summary>Gives every text a vector of its own, always the same, and counts the texts.</summary>
internal sealed class HashEmbeddings(int dimension) : IEmbeddingGenerator<string, Embedding<float>>
{
    private int texts;

    public int Texts => texts;

    /// <summary>Called before each text is embedded.</summary>
    public Func<string, Task> Embedding { get; set; } = _ => Task.CompletedTask;

    public ReadOnlyMemory<float> Of(string text)
    {
        var vector = new float[dimension];
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        for (var i = 0; i < dimension; i++)
        {
            vector[i] = (hash[i % hash.Length] - 127.5f) / (i + 1);
        }

        return vector;
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var answer = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var text in values)
        {
            await Embedding(text);
            answer.Add(new Embedding<float>(Of(text)));
            Interlocked.Increment(ref texts);
        }

        return answer;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
