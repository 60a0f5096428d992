using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;

namespace MemU;

/// <summary>Vectors in the JSON file of the Python code.</summary>
public static class JsonFileVectorsBuilderExtensions
{
    /// <summary>Keeps the vectors in one JSON file, which several processes may share. It is made at the first write.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The file; a relative path is taken from the current directory.</param>
    /// <exception cref="ArgumentException">The path is blank.</exception>
    public static MemUBuilder UseJsonFileVectors(this MemUBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var index = new JsonFileVectorIndex(path);
        builder.Services.AddSingleton<IVectorIndex>(index);
        return builder;
    }
}
