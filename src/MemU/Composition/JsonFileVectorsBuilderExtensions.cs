using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemU;

/// <summary>Vectors in the JSON file of the Python code.</summary>
public static class JsonFileVectorsBuilderExtensions
{
    /// <summary>
    /// Keeps the vectors in one JSON file, which several processes may share, and what is new in a journal beside it until the host is disposed. The files are
    /// made at the first write.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The file; a relative path is taken from the current directory.</param>
    /// <param name="durability">How much a write waits for the disk.</param>
    /// <exception cref="ArgumentException">The path is blank, or the durability is none.</exception>
    public static MemUBuilder UseJsonFileVectors(this MemUBuilder builder, string path, VectorDurability durability = VectorDurability.Normal)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Enum.IsDefined(durability))
        {
            throw new ArgumentOutOfRangeException(nameof(durability), durability, "The durability of vectors is Normal or Full.");
        }

        var file = Path.GetFullPath(path);
        builder.Services.AddSingleton<IVectorIndex>(p => Create(p, file, durability));
        return builder;
    }

    /// <summary>Made by the container, so that the container disposes it: then the JSON file is complete.</summary>
    internal static JsonFileVectorIndex Create(IServiceProvider services, string file, VectorDurability durability) => new(
        file, time: null, new JsonFileOptions { Durability = durability }, services.GetService<ILogger<JsonFileVectorIndex>>());
}
