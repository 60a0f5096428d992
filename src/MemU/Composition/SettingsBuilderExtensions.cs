using MemU.Settings;
using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemU;

/// <summary>Turns settings into choices on the builder: the one place where a provider's name becomes a call.</summary>
public static class SettingsBuilderExtensions
{
    /// <summary>Checks the settings and applies them. Nothing is opened and no network is used yet.</summary>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it and what it may be.</exception>
    public static MemUBuilder UseSettings(this MemUBuilder builder, MemUSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        _ = new MemoryScope(settings.UserId, settings.AgentId, settings.TenantId);
        builder.UseOffline().UseModel(settings.Llm);
        builder.UseEncryption(settings.Encryption.ToMasterKey(), NotBlank(settings.Encryption.KeysDir, "encryption.keys_dir"));
        UseDatabase(builder, settings);
        UseBlobs(builder, settings);
        builder.Services.Replace(ServiceDescriptor.Singleton(settings.Memorize.ToOptions() with { MaxParallelism = settings.Llm.MaxParallelism }));
        builder.Services.Replace(ServiceDescriptor.Singleton(settings.Retrieve.ToOptions()));
        return builder;
    }

    private static void UseDatabase(MemUBuilder builder, MemUSettings settings)
    {
        var database = settings.Database;
        var mode = ProviderName.Of("database.vector_search", database.VectorSearch, "auto", "exact", "quantised");
        if (database.VectorCacheMb < 0)
        {
            throw new ArgumentException($"The setting database.vector_cache_mb is {database.VectorCacheMb}. Give 0 or more, or leave it out.");
        }

        if (database.VectorSearchThreads is < 1 or > VectorSearchOptions.MostThreads)
        {
            throw new ArgumentException($"The setting database.vector_search_threads is {database.VectorSearchThreads}. Give 1 to {VectorSearchOptions.MostThreads}, or leave it out.");
        }

        builder.UseVectorSearch(o =>
        {
            o.Threads = database.VectorSearchThreads;
            o.Mode = Enum.Parse<VectorSearchMode>(mode, ignoreCase: true);
            o.CacheBytes = database.VectorCacheMb * 1024L * 1024L;
        });
        if (IsMemory(database))
        {
            builder.UseInMemory();
            return;
        }

        builder.UseSqlite(NotBlank(database.SqlitePath, "database.sqlite_path"));
        var vectors = NotBlank(database.VectorDbPath, "database.vector_db_path");
        if (VectorPlaces.WordOf(vectors) == VectorPlaces.Sqlite)
        {
            builder.UseSqliteVectors();
        }
        else if (settings.Encryption.IsOn)
        {
            throw new ArgumentException(
                $"The setting database.vector_db_path is '{vectors}', but vectors.json cannot be encrypted: it is the format of the Python code. Set it to sqlite, or leave it out.");
        }
        else
        {
            builder.UseJsonFileVectors(VectorPlaces.JsonFile(vectors, database.SqlitePath));
        }
    }

    private static void UseBlobs(MemUBuilder builder, MemUSettings settings)
    {
        var provider = settings.Blob.Provider ?? (IsMemory(settings.Database) ? "memory" : "local");
        if (ProviderName.Of("blob.provider", provider, "local", "memory") == "memory")
        {
            builder.UseInMemoryBlobs();
        }
        else
        {
            builder.UseLocalBlobs(NotBlank(settings.Blob.ResourcesDir, "blob.resources_dir"));
        }
    }

    private static bool IsMemory(DatabaseSettings settings) => ProviderName.Of("database.provider", settings.Provider, "memory", "sqlite") == "memory";

    private static string NotBlank(string value, string setting) =>
        string.IsNullOrWhiteSpace(value) ? throw new ArgumentException($"The setting {setting} is blank. Name a path.") : value;
}
