using MemU.Reasoning;
using MemU.Reasoning.Offline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemU;

/// <summary>Chooses the engine that needs no model, no key and no network.</summary>
public static class OfflineBuilderExtensions
{
    /// <summary>Extracts, summarises and embeds by rules. Images, film and speech are refused: they need a model.</summary>
    public static MemUBuilder UseOffline(this MemUBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.RemoveAll<IMemoryReasoner>();
        builder.Services.RemoveAll<EmbeddingModel>();
        builder.Services.TryAddOffline();
        return builder;
    }

    internal static void TryAddOffline(this IServiceCollection services)
    {
        services.TryAddSingleton<IMemoryReasoner, OfflineReasoner>();
        services.TryAddSingleton(_ => new EmbeddingModel(new OfflineEmbeddingGenerator(), OfflineEmbeddingGenerator.ModelName, isOffline: true));
    }
}
