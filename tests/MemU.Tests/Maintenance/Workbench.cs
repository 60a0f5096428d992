using MemU.InMemory;
using MemU.Commit;
using MemU.Edit;
using MemU.Maintenance;
using MemU.Memorize;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace MemU.Tests.Maintenance;

/// <summary>A host as an operator has it, over one of the kinds of storage, with embeddings that cost nothing.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly ServiceProvider provider;
    private readonly DirectoryInfo? folder;

    private Workbench(string kind, string? data, int dimension, string model, bool isOffline, Action<MemUBuilder>? configure)
    {
        Kind = kind;
        folder = kind == "memory" || data is not null ? null : Directory.CreateTempSubdirectory("memu-bench-");
        Data = data ?? folder?.FullName ?? "";
        Embeddings = new HashEmbeddings(dimension);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        var builder = services.AddMemU();
        Choose(builder, kind, Data);
        services.RemoveAll<EmbeddingModel>();
        services.AddSingleton(new EmbeddingModel(Embeddings, model, isOffline, batchSize: 7));
        configure?.Invoke(builder);
        provider = services.BuildServiceProvider();
    }

    /// <summary>The kinds of storage that every test of maintenance runs over.</summary>
    public static TheoryData<string> Kinds => ["memory", "sqlite", "sqlite+json", "encrypted"];

    /// <summary>Those that keep files.</summary>
    public static TheoryData<string> KindsWithFiles => ["sqlite", "sqlite+json", "encrypted"];

    /// <summary>The master key of the encrypted kind.</summary>
    public static byte[] Master { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public string Kind { get; }

    public string Data { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    public HashEmbeddings Embeddings { get; }

    public IMemoryStore Store => provider.GetRequiredService<IMemoryStore>();

    public IVectorIndex Index => provider.GetRequiredService<IVectorIndex>();

    public IBlobStore Blobs => provider.GetRequiredService<IBlobStore>();

    public SpaceWriter Writer => provider.GetRequiredService<SpaceWriter>();

    public MemoryService Service => provider.GetRequiredService<MemoryService>();

    public SpaceEditor Editor => provider.GetRequiredService<SpaceEditor>();

    public MemorizeFlow Memorize => provider.GetRequiredService<MemorizeFlow>();

    public Reindexer Reindexer => provider.GetRequiredService<Reindexer>();

    public MemoryMaintenance Maintenance => provider.GetRequiredService<MemoryMaintenance>();

    public EmbeddingModel Model => provider.GetRequiredService<EmbeddingModel>();

    public IdSource Ids => provider.GetRequiredService<IdSource>();

    public static Workbench Open(
        string kind, string? data = null, int dimension = 8, string model = "test-1", bool isOffline = true, Action<MemUBuilder>? configure = null) =>
        new(kind, data, dimension, model, isOffline, configure);

    /// <summary>For the kind that is in memory: the store owes what commits write, as it does an index that is not in memory.</summary>
    public static void Owing(MemUBuilder builder) => builder.Services.AddSingleton<IMemoryStore>(new InMemoryStore());

    /// <summary>A bench over the same data but with this store, and perhaps this index, in the place of its own.</summary>
    public Workbench With(IMemoryStore store, IVectorIndex? index = null, bool isOffline = true) => Open(Kind, Data.Length == 0 ? null : Data, isOffline: isOffline, configure: m =>
    {
        m.Services.AddSingleton(store);
        m.Services.AddSingleton((IMemoryCatalog)Store);
        m.Services.AddSingleton(index ?? Index);
        m.Services.AddSingleton(Blobs);
    });

    public async Task<(byte[] File, TransferReport Report)> ExportAsync(MemoryScope scope, ExportOptions? options = null)
    {
        using var file = new MemoryStream();
        var report = await provider.GetRequiredService<SpaceExporter>().RunAsync(scope, file, options ?? new ExportOptions(), null, default);
        return (file.ToArray(), report);
    }

    public Task<TransferReport> ImportAsync(MemoryScope scope, byte[] file) => ImportAsync(scope, new MemoryStream(file));

    public Task<TransferReport> ImportAsync(MemoryScope scope, Stream file) =>
        provider.GetRequiredService<SpaceImporter>().RunAsync(scope, file, null, default);

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        folder?.Delete(recursive: true);
    }

    private static void Choose(MemUBuilder builder, string kind, string data)
    {
        switch (kind)
        {
            case "memory":
                builder.UseInMemory();
                break;
            case "sqlite":
                builder.UseSqlite(Path.Combine(data, "memu.db")).UseSqliteVectors().UseLocalBlobs(Path.Combine(data, "resources"));
                break;
            case "sqlite+json":
                builder.UseSqlite(Path.Combine(data, "memu.db")).UseJsonFileVectors(Path.Combine(data, "vectors.json")).UseLocalBlobs(Path.Combine(data, "resources"));
                break;
            case "encrypted":
                builder.UseSqlite(Path.Combine(data, "memu.db")).UseLocalBlobs(Path.Combine(data, "resources")).UseEncryption(_ => ValueTask.FromResult(Master));
                break;
            default:
                throw new ArgumentException(kind);
        }
    }
}
