using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MemU.Onnx;

/// <summary>
/// Embeds texts with a model on this machine: a BERT-like model with a WordPiece vocabulary in an ONNX file (all-MiniLM, bge, arctic-embed, e5 and their like).
/// Vectors have length 1. Prefixes are not added here: whoever calls knows what is a question. Thread-safe; no network.
/// </summary>
public sealed class OnnxEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Marks = 2;
    private const string Use = "embedding model";

    private readonly BertModel model;
    private readonly OnnxEmbeddingOptions options;
    private readonly string output;
    private readonly bool pools;

    private OnnxEmbeddings(BertModel model, OnnxEmbeddingOptions options, string name)
    {
        (this.model, this.options, Name) = (model, options, name);

        // Three dimensions are a vector a token, two a vector a text.
        var chosen = model.Outputs.OrderByDescending(o => o.Rank == 3).First(o => o.Rank is 2 or 3);
        (output, pools) = (chosen.Name, chosen.Rank == 3);
        Dimensions = Try();
    }

    /// <summary>The name under which its vectors are stored.</summary>
    public string Name { get; }

    /// <summary>The length of a vector.</summary>
    public int Dimensions { get; }

    /// <summary>What stands before a question.</summary>
    internal string QueryPrefix => options.QueryPrefix;

    /// <summary>What stands before every other text.</summary>
    internal string PassagePrefix => options.PassagePrefix;

    /// <summary>Loads a model.</summary>
    /// <param name="modelPath">The ONNX file.</param>
    /// <param name="vocabularyPath">Its <c>vocab.txt</c>: one WordPiece a line, with [CLS], [SEP], [PAD], [MASK] and [UNK].</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <exception cref="ArgumentException">A file does not exist, is not what it should be, or does not go with the other; the message says which and what is wrong.</exception>
    public static OnnxEmbeddings Load(string modelPath, string vocabularyPath, OnnxEmbeddingOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modelPath);
        ArgumentException.ThrowIfNullOrWhiteSpace(vocabularyPath);
        return Load(ModelPart.Of(modelPath), ModelPart.Of(vocabularyPath), options, Path.GetFileNameWithoutExtension(modelPath));
    }

    /// <summary>Loads a model from its bytes.</summary>
    /// <param name="model">The bytes of the ONNX file; not needed any more afterwards.</param>
    /// <param name="vocabulary">The bytes of its <c>vocab.txt</c>.</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <exception cref="ArgumentException">As with files.</exception>
    public static OnnxEmbeddings Load(byte[] model, byte[] vocabulary, OnnxEmbeddingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var shown = options?.Name ?? "model";
        return Load(ModelPart.Of(model, $"{shown} (from memory)"), ModelPart.Of(vocabulary, $"vocabulary of {shown} (from memory)"), options, "model");
    }

    /// <summary>One vector a text, in order. A text without a word has one too.</summary>
    /// <param name="values">The texts.</param>
    /// <param name="options">Another length than the model's vectors have is an error; nothing else is looked at.</param>
    /// <param name="cancellationToken">Ends the work within a run of the model.</param>
    /// <exception cref="InvalidOperationException">The model fails.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values];
        if (options?.Dimensions is { } wanted && wanted != Dimensions)
        {
            throw new ArgumentException($"The {Use} '{model.Name}' gives vectors of {Dimensions} numbers, not {wanted}.", nameof(options));
        }

        return Task.Run(() => Embed(texts, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("onnx", defaultModelId: Name, defaultModelDimensions: Dimensions)
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Lets go of the model, after what is running; texts that are given later are an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => model.Dispose();

    private static OnnxEmbeddings Load(ModelPart model, ModelPart vocabulary, OnnxEmbeddingOptions? options, string file)
    {
        options ??= new OnnxEmbeddingOptions();
        var bert = BertModel.Load(model, vocabulary, Use, options.LowerCase, options.Threads);
        try
        {
            if (!bert.Outputs.Any(o => o.Rank is 2 or 3))
            {
                throw new ArgumentException(
                    $"The model '{model.Name}' gives {string.Join(", ", bert.Outputs.Select(o => $"{o.Name} ({o.Rank} dimensions)"))}. An embedding model gives a vector a token (3) or a vector a text (2).",
                    nameof(model));
            }

            return new OnnxEmbeddings(bert, options, options.Name ?? ModelName.Of(file, model, vocabulary, options));
        }
        catch
        {
            bert.Dispose();
            throw;
        }
    }

    /// <summary>Runs the model once, over the last piece of the vocabulary: a model with fewer pieces fails on it.</summary>
    private int Try()
    {
        float[] vector;
        try
        {
            vector = Vectors([[model.Start, model.Pieces - 1, model.Separator]], CancellationToken.None)[0];
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException(
                $"The {Use} '{model.Name}' and a vocabulary of {model.Pieces} pieces do not go together. Take the vocab.txt that belongs to the model. {e.Message}", nameof(model), e);
        }

        return options.Dimensions is { } expected && expected != vector.Length
            ? throw new ArgumentException($"The {Use} '{model.Name}' gives vectors of {vector.Length} numbers; {nameof(options.Dimensions)} says {expected}.", nameof(model))
            : vector.Length;
    }

    private GeneratedEmbeddings<Embedding<float>> Embed(string[] texts, CancellationToken cancellationToken)
    {
        var (rows, vectors, tokens) = (new (int Index, int[] Ids)[texts.Length], new Embedding<float>[texts.Length], 0L);
        for (var i = 0; i < texts.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows[i] = (i, Tokens(texts[i]));
            tokens += rows[i].Ids.Length;
        }

        // Like lengths together: a batch is as long as its longest text.
        foreach (var batch in rows.OrderBy(r => r.Ids.Length).Chunk(options.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (vector, (index, _)) in Vectors([.. batch.Select(r => r.Ids)], cancellationToken).Zip(batch))
            {
                vectors[index] = new Embedding<float>(vector) { ModelId = Name };
            }
        }

        return new GeneratedEmbeddings<Embedding<float>>(vectors) { Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens } };
    }

    private int[] Tokens(string text) => [model.Start, .. model.Tokens(text, options.MaxTokens - Marks), model.Separator];

    private float[][] Vectors(IReadOnlyList<int[]> rows, CancellationToken cancellationToken) =>
        model.Run(rows, null, output, tensor => pools ? Pooled(tensor, rows) : Given(tensor, rows.Count), cancellationToken);

    private float[][] Given(DenseTensor<float> tensor, int rows)
    {
        var size = Size(tensor, 1, rows);
        return [.. Enumerable.Range(0, rows).Select(row => Normalized(tensor.Buffer.Span.Slice(row * size, size).ToArray()))];
    }

    private float[][] Pooled(DenseTensor<float> tensor, IReadOnlyList<int[]> rows)
    {
        var (size, columns) = (Size(tensor, 2, rows.Count), tensor.Dimensions[1]);
        return
        [
            .. rows.Select((tokens, row) =>
            {
                var ofTokens = tensor.Buffer.Span.Slice(row * columns * size, columns * size);
                var vector = ofTokens[..size].ToArray();
                for (var at = 1; at < tokens.Length && options.Pooling == OnnxPooling.Mean; at++)
                {
                    TensorPrimitives.Add(vector, ofTokens.Slice(at * size, size), vector);
                }

                return Normalized(vector);
            }),
        ];
    }

    private int Size(DenseTensor<float> tensor, int dimension, int rows) =>
        tensor.Rank == dimension + 1 && tensor.Dimensions[0] == rows && tensor.Dimensions[dimension] > 1
            ? tensor.Dimensions[dimension]
            : throw new InvalidOperationException(
                $"The {Use} '{model.Name}' gave {string.Join(" × ", tensor.Dimensions.ToArray())} numbers for {rows} texts. An embedding model gives a vector a token or a vector a text.");

    private static float[] Normalized(float[] vector)
    {
        var norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0)
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }

        return vector;
    }
}
