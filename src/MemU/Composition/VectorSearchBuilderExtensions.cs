using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemU;

/// <summary>How vectors are searched.</summary>
public static class VectorSearchBuilderExtensions
{
    /// <summary>Changes how vectors are searched and how much memory they may take, wherever they are kept.</summary>
    /// <exception cref="ArgumentException">An option is out of bounds.</exception>
    public static MemUBuilder UseVectorSearch(this MemUBuilder builder, Action<VectorSearchOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new VectorSearchOptions();
        configure(options);
        options.Validate();
        builder.Services.Replace(ServiceDescriptor.Singleton(options));
        return builder;
    }

    /// <summary>What a host has when nothing else was chosen.</summary>
    internal static void TryAddVectorSearch(this IServiceCollection services)
    {
        services.TryAddSingleton(new VectorSearchOptions());
        services.TryAddSingleton(p =>
        {
            var options = p.GetRequiredService<VectorSearchOptions>();
            return new SpaceVectorsCache(options.CacheBytes ?? SpaceVectorsCache.DefaultBudget, options.Mode, options.ThreadsOrDefault);
        });
    }
}
