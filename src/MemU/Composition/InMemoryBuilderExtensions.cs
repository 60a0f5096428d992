using MemU.InMemory;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemU;

/// <summary>Parts that live in the memory of this process and end with it: for tests, trials and agents that shall forget.</summary>
public static class InMemoryBuilderExtensions
{
    /// <summary>Keeps metadata, vectors and blobs in memory.</summary>
    public static MemUBuilder UseInMemory(this MemUBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(StoreOf);
        builder.Services.AddSingleton(CatalogOfStore);
        return builder.UseInMemoryVectors().UseInMemoryBlobs();
    }

    /// <summary>Keeps vectors in memory.</summary>
    public static MemUBuilder UseInMemoryVectors(this MemUBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IVectorIndex>(InMemoryVectorsOf);
        return builder;
    }

    /// <summary>Keeps the bytes of sources in memory.</summary>
    public static MemUBuilder UseInMemoryBlobs(this MemUBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IBlobStore, InMemoryBlobStore>();
        return builder;
    }

    /// <summary>What a host has when nothing else was chosen: what the store brings along, else memory.</summary>
    internal static void TryAddInMemory(this IServiceCollection services)
    {
        services.TryAddSingleton(StoreOf);
        services.TryAddSingleton(CatalogOfStore);
        services.TryAddSingleton<IVectorIndex>(p => p.GetService<DefaultParts>()?.Vectors(p) ?? InMemoryVectorsOf(p));
        services.TryAddSingleton(p => p.GetService<DefaultParts>()?.Blobs(p) ?? new InMemoryBlobStore());
    }

    // Where the vectors are in memory too, commits write them: nothing is owed.
    private static IMemoryStore StoreOf(IServiceProvider provider) =>
        new InMemoryStore(provider.GetRequiredService<IVectorIndex>() as InMemoryVectorIndex, provider.GetRequiredService<TimeProvider>());

    private static InMemoryVectorIndex InMemoryVectorsOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<VectorSearchOptions>();
        return new InMemoryVectorIndex(options.Mode, options.ThreadsOrDefault);
    }

    private static IMemoryCatalog CatalogOfStore(IServiceProvider provider) => (IMemoryCatalog)provider.GetRequiredService<IMemoryStore>();
}
