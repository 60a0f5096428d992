using Microsoft.Extensions.AI;

namespace MemU.Tests.Retrieve;

/// <summary>Embeds a text by the topics that a test names: one dimension a topic, 1 where one of its words occurs. A
/// vector can know what words do not show; without topics it knows nothing.</summary>
internal sealed class TopicEmbedding(params string[][] topics) : IEmbeddingGenerator<string, Embedding<float>>
{
    public List<string> Asked { get; } = [];

    public float[] Vector(string text) =>
        [.. topics.Select(t => t.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)) ? 1f : 0f), 0f];

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        Asked.AddRange(texts);
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(t => new Embedding<float>(Vector(t)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
