using MemU.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace MemU;

/// <summary>The bytes of sources in a folder.</summary>
public static class LocalBlobsBuilderExtensions
{
    /// <summary>Keeps the bytes of sources as files in a folder, which is made at the first write.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="folder">The folder; a relative path is taken from the current directory.</param>
    /// <exception cref="ArgumentException">The path is blank.</exception>
    public static MemUBuilder UseLocalBlobs(this MemUBuilder builder, string folder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var blobs = new LocalBlobStore(folder);
        builder.Services.AddSingleton(p => p.Encrypted(blobs));
        return builder;
    }
}
