using MemU.Maintenance;
using MemU.Resources;
using MemU.Sql;
using MemU.Sqlite;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace MemU;

/// <summary>Memories in a SQLite file.</summary>
public static class SqliteBuilderExtensions
{
    /// <summary>
    /// Keeps the metadata in a SQLite file, which is made at the first write. A file of the Python code or of an older version is upgraded at the first use,
    /// after a copy of it was put beside it. Where nothing else is chosen, vectors are kept in <c>vectors.json</c>, as durable as the metadata, and the bytes of
    /// sources in the folder <c>resources</c>, both beside the file; with encryption the vectors are in the file itself.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The file; its folder is made when it is missing.</param>
    /// <param name="configure">Changes how the file is used; null for the defaults.</param>
    /// <exception cref="ArgumentException">The path is blank, or an option is out of bounds.</exception>
    public static MemUBuilder UseSqlite(this MemUBuilder builder, string path, Action<SqliteOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var options = new SqliteOptions();
        configure?.Invoke(options);
        options.Validate();
        var file = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(file)!;
        builder.Services.RemoveAll<SqliteDatabase>();
        builder.Services.AddSingleton(p => new SqliteDatabase(
            file, options, p.GetRequiredService<TimeProvider>(), p.Admission(),
            beside: () => new object[] { p.GetRequiredService<IVectorIndex>(), p.GetRequiredService<IBlobStore>() }.OfType<IKnowsCommitted>()));
        builder.Services.AddSingleton(p => p.Encrypted(new SqlMemoryStore(
            p.GetRequiredService<SqliteDatabase>(), p.GetRequiredService<IVectorIndex>() is SqliteVectorIndex, p.GetRequiredService<TimeProvider>(), p.VectorSeals(),
            p.GetService<ILogger<SqlMemoryStore>>())));
        builder.Services.RemoveAll<FormerVectors>();
        builder.Services.AddSingleton(p => FormerVectorsOf(p, Path.Combine(folder, "vectors.json")));
        builder.Services.RemoveAll<DefaultParts>();
        builder.Services.AddSingleton(new DefaultParts(
            p => p.Keys() is null ? JsonFileVectorsBuilderExtensions.Create(p, Path.Combine(folder, "vectors.json"), JsonFileDurability(options)) : InDatabase(p),
            p => p.Encrypted(new LocalBlobStore(Path.Combine(folder, "resources"))),
            Path.Combine(folder, "keys")));
        return builder;
    }

    private static FormerVectors FormerVectorsOf(IServiceProvider services, string file) => services.GetRequiredService<IVectorIndex>().IsPartOfStore
        ? new FormerVectors(new Lazy<IVectorIndex>(() => JsonFileVectorsBuilderExtensions.Create(services, file, VectorDurability.Normal)), "vectors.json")
        : new FormerVectors(new Lazy<IVectorIndex>(() => InDatabase(services)), "the database");

    private static VectorDurability JsonFileDurability(SqliteOptions options) =>
        options.Durability == SqliteDurability.Full ? VectorDurability.Full : VectorDurability.Normal;

    /// <summary>Keeps the vectors as BLOBs in the SQLite file of the metadata, written in the same transaction. Needs <see cref="UseSqlite"/>.</summary>
    public static MemUBuilder UseSqliteVectors(this MemUBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(InDatabase);
        return builder;
    }

    private static IVectorIndex InDatabase(IServiceProvider services) => new SqliteVectorIndex(
        services.GetService<SqliteDatabase>()
        ?? throw new InvalidOperationException("UseSqliteVectors keeps the vectors in the file of the metadata: call UseSqlite(path) too."),
        services.GetRequiredService<SpaceVectorsCache>(),
        services.VectorSeals());
}
