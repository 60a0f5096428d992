using MemU.Reasoning;
using MemU.Retrieve;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemU.Onnx;

/// <summary>Gives a host models that run on this machine.</summary>
public static class OnnxBuilderExtensions
{
    /// <summary>
    /// Reranks evidence with a cross-encoder where <see cref="RetrieveOptions.Rerank"/> is on. The model is loaded here, so that a wrong file is told of
    /// at once, and let go of with the host.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="modelPath">The ONNX file of a BERT-like cross-encoder.</param>
    /// <param name="vocabularyPath">Its <c>vocab.txt</c>.</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <exception cref="ArgumentException">A file does not exist or is not what it should be.</exception>
    public static MemUBuilder UseOnnxReranker(this MemUBuilder builder, string modelPath, string vocabularyPath, OnnxRerankerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var reranker = OnnxReranker.Load(modelPath, vocabularyPath, options);

        // Made by a factory, so that the host disposes of it.
        builder.Services.AddSingleton<IPassageReranker>(_ => reranker);
        return builder;
    }

    /// <summary>
    /// Embeds with a model on this machine. It is loaded here, so that a wrong file is told of at once, and let go of with the host. After a change of model
    /// <c>memu reindex</c> makes the vectors anew.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="modelPath">The ONNX file of a BERT-like embedding model.</param>
    /// <param name="vocabularyPath">Its <c>vocab.txt</c>.</param>
    /// <param name="options">How it is run: what stands on the model's card. Null for the defaults: the mean of all tokens, no prefixes.</param>
    /// <exception cref="ArgumentException">A file does not exist, is not what it should be, or does not go with the other.</exception>
    public static MemUBuilder UseOnnxEmbeddings(this MemUBuilder builder, string modelPath, string vocabularyPath, OnnxEmbeddingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseOnnxEmbeddings(OnnxEmbeddings.Load(modelPath, vocabularyPath, options));
    }

    /// <summary>Embeds with a model that is loaded already, with the prefixes it was loaded with; the host lets go of it.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="embeddings">The model.</param>
    public static MemUBuilder UseOnnxEmbeddings(this MemUBuilder builder, OnnxEmbeddings embeddings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(embeddings);
        builder.Services.RemoveAll<EmbeddingModel>();
        builder.Services.AddSingleton(_ => embeddings);
        builder.Services.AddSingleton(p => new EmbeddingModel(p.GetRequiredService<OnnxEmbeddings>(), embeddings.Name, isOffline: false)
        {
            QueryPrefix = embeddings.QueryPrefix, PassagePrefix = embeddings.PassagePrefix,
        });
        return builder;
    }
}
