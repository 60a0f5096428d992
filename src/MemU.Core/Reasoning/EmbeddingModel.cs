using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace MemU.Reasoning;

/// <summary>
/// The embedding generator together with what the flows must know about it. Thread-safe when the generator is.
/// </summary>
/// <param name="generator">The generator; disposed by its owner.</param>
/// <param name="name">The name under which its vectors are stored: <c>text-embedding-3-small</c>, <c>offline-hash-1</c>.</param>
/// <param name="isOffline">True for feature hashing, whose vectors of passages are not worth storing.</param>
/// <param name="batchSize">Texts per request.</param>
public sealed class EmbeddingModel(IEmbeddingGenerator<string, Embedding<float>> generator, string name, bool isOffline, int batchSize = 100)
{
    /// <summary>The name under which its vectors are stored.</summary>
    public string Name { get; } = name;

    /// <summary>True for feature hashing.</summary>
    public bool IsOffline { get; } = isOffline;

    /// <summary>Embeds texts in batches; one vector a text, in order.</summary>
    /// <exception cref="ReasonerException">The model failed, or answered another number of vectors, vectors of differing lengths or numbers that are not finite.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, ReasoningLog log, CancellationToken cancellationToken)
    {
        var vectors = new List<ReadOnlyMemory<float>>(texts.Count);
        foreach (var batch in texts.Chunk(batchSize))
        {
            var start = Stopwatch.GetTimestamp();
            GeneratedEmbeddings<Embedding<float>> answer;
            try
            {
                answer = await generator.GenerateAsync(batch, cancellationToken: cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                throw e as ReasonerException
                    ?? Failed($"The embedding model '{Name}' failed: {e.Message}", e);
            }

            if (answer.Count != batch.Length)
            {
                throw Failed($"The embedding model '{Name}' answered {answer.Count} vectors for {batch.Length} texts. Check that llm.embed_model is an embedding model, and its service.");
            }

            vectors.AddRange(answer.Select(e => e.Vector));
            if (!IsOffline)
            {
                log.AddEmbedding(answer.Usage?.TotalTokenCount ?? answer.Usage?.InputTokenCount ?? 0, Stopwatch.GetElapsedTime(start));
            }
        }

        if (vectors.Any(v => v.Length == 0 || v.Length != vectors[0].Length || !AllFinite(v.Span)))
        {
            throw Failed($"The embedding model '{Name}' answered vectors that are empty, of differing lengths or not finite. Check that llm.embed_model is an embedding model, and its service.");
        }

        return vectors;
    }

    private static bool AllFinite(ReadOnlySpan<float> vector)
    {
        foreach (var x in vector)
        {
            if (!float.IsFinite(x))
            {
                return false;
            }
        }

        return true;
    }

    private static ReasonerException Failed(string message, Exception? inner = null) =>
        new(message, inner) { Task = "embed", IsTransient = inner is HttpRequestException or TimeoutException or ModelCallException { IsTransient: true } };
}
