using System.Diagnostics;
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace MemU.Reasoning;

/// <summary>
/// The embedding generator together with what the flows must know about it. Thread-safe when the generator is.
/// </summary>
/// <param name="generator">The generator; disposed by its owner.</param>
/// <param name="name">The name under which its vectors are stored: <c>text-embedding-3-small</c>, <c>offline-hash-1</c>.</param>
/// <param name="isOffline">True for feature hashing, whose vectors of passages are not worth storing.</param>
/// <param name="batchSize">Texts per request at most.</param>
/// <param name="maxParallelism">Requests at once at most.</param>
public sealed class EmbeddingModel(
    IEmbeddingGenerator<string, Embedding<float>> generator, string name, bool isOffline, int batchSize = 100, int maxParallelism = 1)
{
    // Services bound the tokens of a request too (300,000 is usual); a character is seldom more than one.
    private const int BatchCharacters = 200_000;

    private volatile int dimension;

    /// <summary>The name under which its vectors are stored.</summary>
    public string Name { get; } = name;

    /// <summary>True for feature hashing.</summary>
    public bool IsOffline { get; } = isOffline;

    /// <summary>What stands before a question, for models that were trained so; empty for none.</summary>
    public string QueryPrefix { get; init; } = "";

    /// <summary>What stands before every other text. Two models that differ in it need two names.</summary>
    public string PassagePrefix { get; init; } = "";

    /// <summary>The length of its vectors as the model last made them; null before its first answer in this process.</summary>
    public int? KnownDimension => dimension is var d and > 0 ? d : null;

    /// <summary>Embeds texts in batches, some at once; one vector a text, in order.</summary>
    /// <exception cref="ReasonerException">The model failed, or answered another number of vectors, vectors of differing lengths or numbers that are not finite.</exception>
    public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(IReadOnlyList<string> texts, ReasoningLog log, CancellationToken cancellationToken) =>
        SendAsync(Prefixed(PassagePrefix, texts), log, cancellationToken);

    /// <summary>The vectors of questions, to be compared with those of texts.</summary>
    /// <exception cref="ReasonerException">As with texts.</exception>
    public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedQueriesAsync(IReadOnlyList<string> questions, ReasoningLog log, CancellationToken cancellationToken) =>
        SendAsync(Prefixed(QueryPrefix, questions), log, cancellationToken);

    /// <summary>The length of its vectors; asks the model for one word when it has not answered in this process yet.</summary>
    /// <exception cref="ReasonerException">The model failed.</exception>
    internal async Task<int> DimensionAsync(ReasoningLog log, CancellationToken cancellationToken) =>
        KnownDimension ?? (await EmbedAsync(["dimension"], log, cancellationToken))[0].Length;

    private static IReadOnlyList<string> Prefixed(string prefix, IReadOnlyList<string> texts) => prefix.Length == 0 ? texts : [.. texts.Select(t => prefix + t)];

    private async Task<IReadOnlyList<ReadOnlyMemory<float>>> SendAsync(IReadOnlyList<string> texts, ReasoningLog log, CancellationToken cancellationToken)
    {
        var vectors = new ReadOnlyMemory<float>[texts.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = maxParallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Batches(texts), options, async (batch, token) =>
        {
            var answer = await RequestAsync([.. Enumerable.Range(batch.First, batch.Count).Select(i => texts[i])], log, token);
            for (var i = 0; i < answer.Count; i++)
            {
                vectors[batch.First + i] = answer[i].Vector;
            }
        });
        if (vectors.Any(v => v.Length == 0 || v.Length != vectors[0].Length || !TensorPrimitives.IsFiniteAll(v.Span)))
        {
            throw Failed($"The embedding model '{Name}' answered vectors that are empty, of differing lengths or not finite. Check that llm.embed_model is an embedding model, and its service.");
        }

        dimension = vectors.Length > 0 ? vectors[0].Length : dimension;
        return vectors;
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> RequestAsync(string[] batch, ReasoningLog log, CancellationToken cancellationToken)
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

        if (!IsOffline)
        {
            log.AddEmbedding(answer.Usage?.TotalTokenCount ?? answer.Usage?.InputTokenCount ?? 0, Stopwatch.GetElapsedTime(start));
        }

        return answer.Count == batch.Length
            ? answer
            : throw Failed($"The embedding model '{Name}' answered {answer.Count} vectors for {batch.Length} texts. Check that llm.embed_model is an embedding model, and its service.");
    }

    private IEnumerable<(int First, int Count)> Batches(IReadOnlyList<string> texts)
    {
        for (var first = 0; first < texts.Count;)
        {
            int count = 1, characters = texts[first].Length;
            while (count < batchSize && first + count < texts.Count && (characters += texts[first + count].Length) <= BatchCharacters)
            {
                count++;
            }

            yield return (first, count);
            first += count;
        }
    }

    private static ReasonerException Failed(string message, Exception? inner = null) =>
        new(message, inner) { Task = "embed", IsTransient = inner is HttpRequestException or TimeoutException or ModelCallException { IsTransient: true } };
}
