using MemU.Commit;
using MemU.Documents;
using MemU.Edit;
using MemU.Maintenance;
using MemU.Memorize;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Retrieve;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemU;

/// <summary>Adds MemU to a container.</summary>
public static class MemUServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="MemoryService"/> and <see cref="MemoryMaintenance"/>; choose the parts on the builder that comes back.
    /// Without choices everything is in memory and offline.
    /// </summary>
    public static MemUBuilder AddMemU(this IServiceCollection services)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(p => new IdSource(p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(MemorizeOptions.Default);
        services.TryAddSingleton(RetrieveOptions.Default);
        services.TryAddVectorSearch();
        services.TryAddInMemory();
        services.TryAddOffline();
        services.TryAddSingleton<SpaceWriter>();
        services.TryAddSingleton<SpaceTurns>();
        services.TryAddSingleton(new SourceFetcher(new HttpClient { Timeout = TimeSpan.FromSeconds(100) }));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<SourceFormat, HtmlFormat>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<SourceFormat, PdfFormat>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<SourceFormat, WordFormat>());
        services.TryAddSingleton<SourceReader>();
        services.TryAddSingleton<PassageMaker>();
        services.TryAddSingleton<SourceExtractor>();
        services.TryAddSingleton<ItemMatcher>();
        services.TryAddSingleton<CategoryPages>();
        services.TryAddSingleton<SourceStorer>();
        services.TryAddSingleton<MemorizeFlow>();
        services.TryAddSingleton<SpaceTextIndexCache>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISpaceCache, SpaceTextIndexCache>(p => p.GetRequiredService<SpaceTextIndexCache>()));
        services.TryAddSingleton<VectorSearch>();
        services.TryAddSingleton<RagSearch>();
        services.TryAddSingleton<ReasonerSearch>();
        services.TryAddSingleton<TierSearch>();
        services.TryAddSingleton(p => new Reranking(p.GetRequiredService<IMemoryReasoner>(), p.GetService<IPassageReranker>()));
        services.TryAddSingleton<QuerySearch>();
        services.TryAddSingleton<EvidenceSearch>();
        services.TryAddSingleton<ContextPacker>();
        services.TryAddSingleton<RetrieveFlow>();
        services.TryAddSingleton(p => EditRulesOf(p.GetRequiredService<MemorizeOptions>()));
        services.TryAddSingleton<PageSummaries>();
        services.TryAddSingleton<PageEditor>();
        services.TryAddSingleton<SpaceEditor>();
        services.TryAddSingleton<SpaceExporter>();
        services.TryAddSingleton<SpaceImporter>();
        services.TryAddSingleton<Reindexer>();
        services.TryAddSingleton<SpaceCounting>();
        services.TryAddSingleton(p => new MemoryMaintenance(
            p.GetRequiredService<IMemoryStore>(), p.GetRequiredService<IMemoryCatalog>(), p.GetRequiredService<IVectorIndex>(),
            p.GetRequiredService<IBlobStore>(), p.GetService<EmbeddingModel>(), p.GetRequiredService<SpaceWriter>(), p.GetRequiredService<Reindexer>(),
            p.GetServices<ISpaceCache>(), Checked(p).Keys(), p.GetRequiredService<TimeProvider>(), p.GetService<FormerVectors>()));
        services.TryAddSingleton(p => new MemoryService(new SpaceFlows(
            Checked(p).GetRequiredService<IMemoryStore>(), p.GetRequiredService<IBlobStore>(), p.GetRequiredService<MemorizeFlow>(),
            p.GetRequiredService<RetrieveFlow>(), p.GetRequiredService<SpaceEditor>(), p.GetRequiredService<SpaceExporter>(),
            p.GetRequiredService<SpaceImporter>(), p.GetRequiredService<Reindexer>(),
            p.GetRequiredService<SpaceCounting>())));
        return new MemUBuilder(services);
    }

    private static IServiceProvider Checked(IServiceProvider services)
    {
        services.CheckEncryption();
        return services;
    }

    private static EditRules EditRulesOf(MemorizeOptions options) => new(options.MemoryTypes, options.Categories, options.CategorySummaryTargetLength);
}
