using MemU.Retrieve;
using Microsoft.Extensions.DependencyInjection;

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
}
