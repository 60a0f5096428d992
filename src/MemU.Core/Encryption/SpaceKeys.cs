using System.Collections.Concurrent;
using System.Security.Cryptography;
using MemU.Files;

namespace MemU.Encryption;

/// <summary>
/// The keys of all spaces: made when a space is first written, kept in memory, and looked at again with every use, so that a key that another process
/// destroyed or wrapped anew is noticed at once. Thread-safe; several processes may share the folder.
/// </summary>
internal sealed partial class SpaceKeys(string folder, MasterKeySource source, TimeProvider time)
{
    private readonly KeyFolder files = new(folder, time);
    private readonly ConcurrentDictionary<MemoryScope, (FileIdentity File, SpaceCipher Cipher)> known = [];
    private readonly List<IDataPart> parts = [];
    private readonly List<Func<MemoryScope, CancellationToken, Task<bool>>> holders = [];
    private volatile SeenMark? seen;
    private volatile MasterKey? master;

    /// <summary>The folder of the keys.</summary>
    public string Folder => files.Path;

    /// <summary>Tells of a part that these keys encrypt: where it holds something, no first key is made.</summary>
    /// <param name="part">The part as it is on disk.</param>
    /// <param name="holds">Whether it holds anything of a space; null when it cannot say.</param>
    public void Watch(IDataPart? part, Func<MemoryScope, CancellationToken, Task<bool>>? holds = null)
    {
        parts.AddRange(part is null ? [] : [part]);
        holders.AddRange(holds is null ? [] : [holds]);
    }

    /// <summary>Refuses a wrong key, and data that is not encrypted. Called before anything is read or written.</summary>
    /// <exception cref="MemoryStoreException">The key does not fit the data.</exception>
    public async ValueTask AdmitAsync(CancellationToken cancellationToken)
    {
        var key = await MasterAsync(cancellationToken);
        if (MarkNow() is { } mark)
        {
            Check(mark, key);
        }
        else if (await HoldsDataAsync(cancellationToken))
        {
            throw EncryptionFault.NotEncrypted(files.Path);
        }
    }

    /// <summary>The cipher of a space; null when it has no key, and so was never written or is erased.</summary>
    /// <exception cref="MemoryStoreException">The master key does not fit, or the key file is damaged.</exception>
    public async ValueTask<SpaceCipher?> GetAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        cancellationToken.ThrowIfCancellationRequested();
        await AdmitAsync(cancellationToken);
        return Current(scope);
    }

    /// <summary>The cipher of a space; its key is made when it has none.</summary>
    /// <exception cref="MemoryStoreException">The master key does not fit, or the space holds something though its key is gone.</exception>
    public async ValueTask<SpaceCipher> GetOrMakeAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        if (await GetAsync(scope, cancellationToken) is { } cipher)
        {
            return cipher;
        }

        using var held = await files.LockAsync(cancellationToken);
        await AdmitAsync(cancellationToken);
        if (Current(scope) is { } others)
        {
            return others;
        }

        foreach (var holds in holders)
        {
            if (await holds(scope, cancellationToken))
            {
                throw EncryptionFault.NoSpaceKey(scope);
            }
        }

        var key = await MasterAsync(cancellationToken);
        var mark = MarkNow();
        if (mark is null)
        {
            await files.WriteMarkAsync(EncryptionMark.Of(key), cancellationToken);
        }
        else if (mark.MasterKey != key.Id)
        {
            throw EncryptionFault.HalfRotated(files.MarkFile, mark.MasterKey);
        }

        await files.WriteKeyAsync(SpaceKeyFile.Of(scope.Key, key, RandomNumberGenerator.GetBytes(MasterKey.Size)), cancellationToken);
        return Current(scope) ?? throw EncryptionFault.NoSpaceKey(scope);
    }

    /// <summary>The cipher of a space at this moment, for whoever was admitted before; null when it has no key.</summary>
    public SpaceCipher? Now(MemoryScope scope) => Current(scope);

    /// <summary>True while a cipher is still the one of its space.</summary>
    public bool IsCurrent(SpaceCipher cipher) => Current(cipher.Scope) is { } now && now.HasKeyOf(cipher);

    /// <summary>
    /// Destroys the key of a space: what is stored there can never be read again, by nobody, except from backups that hold the key. Idempotent. The rows
    /// stay for the caller to remove; until then the space can neither be read nor written.
    /// </summary>
    public async Task DestroyKeyAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await AdmitAsync(cancellationToken);
        if (files.HasMark)
        {
            using var held = await files.LockAsync(cancellationToken);
            KeyFolder.Destroy(files.FileOf(scope.Key));
        }

        known.TryRemove(scope, out _);
    }

    private SpaceCipher? Current(MemoryScope scope)
    {
        var file = files.FileOf(scope.Key);
        var identity = KeyFolder.IdentityOf(file);
        if (known.TryGetValue(scope, out var entry) && entry.File == identity)
        {
            return entry.Cipher;
        }

        if (!identity.Exists || files.ReadKey(scope.Key) is not { } stored)
        {
            known.TryRemove(scope, out _);
            return null;
        }

        var cipher = new SpaceCipher(scope, Unwrap(stored, master!));
        known[scope] = (identity, cipher);
        return cipher;
    }

    private byte[] Unwrap(SpaceKeyFile stored, params ReadOnlySpan<MasterKey> keys)
    {
        foreach (var key in keys)
        {
            if (stored.WrappedFor(key) is { } wrapped)
            {
                return key.Unwrap(wrapped, stored.Space) ?? throw EncryptionFault.Damaged(files.FileOf(stored.Space), "its key cannot be unwrapped");
            }
        }

        throw files.ReadMark() is { FormerMasterKey: not null }
            ? EncryptionFault.HalfRotated(files.FileOf(stored.Space), stored.MasterKey)
            : EncryptionFault.OtherMasterKey(files.Path, keys[0].Id, stored.MasterKey);
    }

    private void Check(EncryptionMark mark, MasterKey key)
    {
        if (mark.MasterKey != key.Id && mark.FormerMasterKey != key.Id)
        {
            throw EncryptionFault.OtherMasterKey(files.Path, key.Id, mark.MasterKey);
        }
    }

    private EncryptionMark? MarkNow()
    {
        var identity = KeyFolder.IdentityOf(files.MarkFile);
        if (!identity.Exists)
        {
            return null;
        }

        if (seen is { } last && last.File == identity)
        {
            return last.Mark;
        }

        var mark = files.ReadMark();
        seen = mark is null ? null : new SeenMark(identity, mark);
        return mark;
    }

    private async ValueTask<MasterKey> MasterAsync(CancellationToken cancellationToken) => master ??= await source(cancellationToken);

    private async Task<bool> HoldsDataAsync(CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            if (await part.HasDataAsync(cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record SeenMark(FileIdentity File, EncryptionMark Mark);
}
