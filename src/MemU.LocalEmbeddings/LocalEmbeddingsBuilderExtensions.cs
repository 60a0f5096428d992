using MemU.Onnx;

namespace MemU.LocalEmbeddings;

/// <summary>Gives a host the embedding model that comes with this package.</summary>
public static class LocalEmbeddingsBuilderExtensions
{
    /// <summary>
    /// Embeds with all-MiniLM-L6-v2 on this machine: no key, no network, 384 numbers a text. It was trained for English and sees the first 256 tokens of a text.
    /// The model is loaded here (90 MB) and let go of with the host.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="threads">Threads for one run of the model; null for one a core.</param>
    /// <exception cref="InvalidOperationException">The assembly that carries the model was not deployed.</exception>
    public static MemUBuilder UseLocalEmbeddings(this MemUBuilder builder, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var model = PackagedModel.MiniLM with { Options = PackagedModel.MiniLM.Options with { Threads = threads } };
        return builder.UseOnnxEmbeddings(model.Load());
    }
}
