using MemU.Encryption;
using MemU.InMemory;
using MemU.Resources;
using MemU.Sql;
using MemU.Sqlite;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemU;

/// <summary>Encryption of what is kept on disk; see docs/security.md for what it hides and what not.</summary>
public static class EncryptionBuilderExtensions
{
    /// <summary>
    /// Encrypts texts, vectors and the bytes of sources with a key for each space. These keys are wrapped with the master key and kept in a folder; without the
    /// master key nothing can be read. Data that is not encrypted is refused, and so is encrypted data with another key.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="masterKey">Gives the 32 bytes; asked at the first use.</param>
    /// <param name="keysFolder">The folder of the spaces' keys; null for <c>keys</c> beside the database.</param>
    public static MemUBuilder UseEncryption(this MemUBuilder builder, Func<CancellationToken, ValueTask<byte[]>> masterKey, string? keysFolder = null)
    {
        ArgumentNullException.ThrowIfNull(masterKey);
        return builder.Choose(new EncryptionChoice(async token => new MasterKey(await masterKey(token), "the callback"), keysFolder));
    }

    /// <summary>Encrypts as <see cref="UseEncryption(MemUBuilder, Func{CancellationToken, ValueTask{byte[]}}, string?)"/> does, with the master key in a file.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="keyFile">The file: 32 bytes in base64 or hexadecimal. Keep it apart from the data.</param>
    /// <param name="keysFolder">The folder of the spaces' keys; null for <c>keys</c> beside the database.</param>
    /// <exception cref="ArgumentException">The file cannot be read, or holds no key.</exception>
    public static MemUBuilder UseEncryption(this MemUBuilder builder, string keyFile, string? keysFolder = null)
    {
        var key = KeyFile.Read(keyFile);
        return builder.Choose(new EncryptionChoice(_ => ValueTask.FromResult(key), keysFolder));
    }

    /// <summary>Takes a key that is known already, or none.</summary>
    internal static MemUBuilder UseEncryption(this MemUBuilder builder, MasterKey? key, string keysFolder) =>
        builder.Choose(new EncryptionChoice(key is null ? null : _ => ValueTask.FromResult(key), keysFolder));

    /// <summary>The keys of the spaces; null when nothing is encrypted.</summary>
    internal static SpaceKeys? Keys(this IServiceProvider services) => services.GetService<EncryptionChoice>()?.Source is null ? null : services.GetRequiredService<SpaceKeys>();

    /// <summary>What a host without a key asks before each use of its data; null when it has one.</summary>
    internal static PlainFolder? Admission(this IServiceProvider services) =>
        services.GetService<EncryptionChoice>() is { Source: not null } ? null
        : (services.GetService<EncryptionChoice>()?.Folder ?? services.GetService<DefaultParts>()?.KeysFolder) is { } keys ? new PlainFolder(keys)
        : null;

    internal static IMemoryStore Encrypted(this IServiceProvider services, IMemoryStore store) => services.Keys() is { } keys ? new EncryptedMemoryStore(store, keys) : store;

    internal static IVectorSeals VectorSeals(this IServiceProvider services) => services.Keys() is { } keys ? new EncryptedVectors(keys) : PlainVectors.Instance;

    internal static IBlobStore Encrypted(this IServiceProvider services, IBlobStore blobs) => services.Keys() is { } keys ? new EncryptedBlobStore(blobs, keys) : blobs;

    /// <summary>Refuses encrypted data when there is no key, and a part that would be left in plain text when there is one.</summary>
    internal static void CheckEncryption(this IServiceProvider services)
    {
        if (services.Keys() is null)
        {
            if (services.GetRequiredService<IMemoryStore>() is SqlMemoryStore)
            {
                services.Admission()?.Admit();
            }

            return;
        }

        if (services.GetRequiredService<IMemoryStore>() is not (EncryptedMemoryStore or InMemoryStore))
        {
            throw Open("metadata");
        }

        if (services.GetRequiredService<IBlobStore>() is not (EncryptedBlobStore or InMemoryBlobStore))
        {
            throw Open("blobs");
        }

        switch (services.GetRequiredService<IVectorIndex>())
        {
            case InMemoryVectorIndex or SqliteVectorIndex:
                break;
            case JsonFileVectorIndex:
                throw new InvalidOperationException("UseEncryption cannot encrypt vectors.json, which is the format of the Python code: call UseSqliteVectors() too.");
            default:
                throw Open("vectors");
        }
    }

    private static MemUBuilder Choose(this MemUBuilder builder, EncryptionChoice choice)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.RemoveAll<EncryptionChoice>();
        builder.Services.AddSingleton(choice);
        builder.Services.TryAddSingleton(p => new SpaceKeys(
            p.GetRequiredService<EncryptionChoice>().Folder
            ?? p.GetService<DefaultParts>()?.KeysFolder
            ?? throw new InvalidOperationException("UseEncryption does not know where to keep the keys of the spaces: call UseSqlite(path) too, or name a folder."),
            p.GetRequiredService<EncryptionChoice>().Source!,
            p.GetRequiredService<TimeProvider>()));
        return builder;
    }

    private static InvalidOperationException Open(string part) =>
        new($"UseEncryption cannot encrypt the {part} of this host: they are kept by a part of your own. Choose one of MemU's, or leave encryption to your part.");
}
