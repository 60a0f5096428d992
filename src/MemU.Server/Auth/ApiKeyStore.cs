using System.Text.Json;
using MemU.Files;
using MemU.Server.Web;

namespace MemU.Server.Auth;

/// <summary>
/// The API keys in one small file that several processes share. Writers take turns by a lock file and replace the file as a whole; readers notice a new
/// file at the next request, so a revoked key stops working at once. Thread-safe.
/// </summary>
public sealed class ApiKeyStore(string path, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly string path = Path.GetFullPath(path);
    private volatile Snapshot snapshot = new(FileIdentity.Missing, new Dictionary<string, ApiKey>());

    /// <summary>The file.</summary>
    public string FilePath => path;

    /// <summary>Makes a key. Its secret is in the answer and nowhere else.</summary>
    /// <exception cref="ArgumentException">A name or id is wrong, or the expiry is not in the future.</exception>
    public async Task<IssuedKey> CreateAsync(NewApiKey key, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(key.Name) || key.Name.Length > MemoryScope.MaxIdLength || key.Name.Any(char.IsControl))
        {
            throw new ArgumentException($"The name of the key is blank, longer than {MemoryScope.MaxIdLength} characters or holds control characters.", nameof(key));
        }

        _ = new MemoryScope(key.User ?? MemoryScope.DefaultId, key.Agent ?? MemoryScope.DefaultId, key.Tenant);
        if (key.Rights == KeyRights.None)
        {
            throw new ArgumentException($"The key has no right. Rights are {string.Join(", ", RightNames.All)}.", nameof(key));
        }

        var now = time.GetUtcNow();
        if (key.ExpiresAt <= now)
        {
            throw new ArgumentException("The key would have expired already. Give a time in the future.", nameof(key));
        }

        var (id, secret) = ApiKeySecret.Make();
        var made = new ApiKey
        {
            Id = id, Name = key.Name.Trim(), Hash = ApiKeySecret.Hash(secret), Tenant = key.Tenant, User = key.User, Agent = key.Agent, Rights = key.Rights,
            CreatedAt = now, ExpiresAt = key.ExpiresAt,
        };
        await ChangeAsync(keys => [.. keys, made], cancellationToken);
        return new IssuedKey(made, secret);
    }

    /// <summary>All keys, oldest first, those that work no more included.</summary>
    public IReadOnlyList<ApiKey> List() => [.. Current().Keys.Values.OrderBy(k => k.CreatedAt).ThenBy(k => k.Id, StringComparer.Ordinal)];

    /// <summary>Revokes a key at once and for good. False when there is no such key.</summary>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken = default)
    {
        var found = false;
        await ChangeAsync(
            keys => [.. keys.Select(k => k.Id != id ? k : Revoked(k))],
            cancellationToken);
        return found;

        ApiKey Revoked(ApiKey key)
        {
            found = true;
            return key.RevokedAt is null ? key with { RevokedAt = time.GetUtcNow() } : key;
        }
    }

    /// <summary>Revokes the keys that are bound to a user, whatever their agent, at once and for good. Returns their ids.</summary>
    /// <param name="user">The user's id, exactly.</param>
    /// <param name="tenant">The tenant's id, exactly.</param>
    /// <param name="forget">Whether they are removed from the file too, so that it names the user no more.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<string>> RevokeOfUserAsync(string user, string tenant, bool forget, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<string> revoked = [];
        await ChangeAsync(
            keys =>
            {
                var all = keys.ToList();
                revoked = [.. all.Where(IsTheirs).Select(k => k.Id)];
                return [.. all.Where(k => !forget || !IsTheirs(k)).Select(k => IsTheirs(k) ? k with { RevokedAt = k.RevokedAt ?? time.GetUtcNow() } : k)];
            },
            cancellationToken);
        return revoked;

        bool IsTheirs(ApiKey key) => key.User == user && key.Tenant == tenant;
    }

    /// <summary>The key of a secret, whatever its state; null when there is none.</summary>
    internal ApiKey? Find(string secret) =>
        ApiKeySecret.IdOf(secret) is { } id && Current().Keys.GetValueOrDefault(id) is { } key && ApiKeySecret.Matches(key, secret) ? key : null;

    private Snapshot Current()
    {
        var now = snapshot;
        var identity = Guarded(() => FileIdentity.At(path));
        return now.File == identity ? now : snapshot = Read();
    }

    private Snapshot Read() => Guarded(() =>
    {
        if (!FileIdentity.At(path).Exists)
        {
            return new Snapshot(FileIdentity.Missing, new Dictionary<string, ApiKey>());
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var identity = FileIdentity.Of(stream.SafeFileHandle);
        var file = JsonSerializer.Deserialize(stream, ServerJson.Of<ApiKeyFile>());
        return file is { Version: ApiKeyFile.CurrentVersion, Keys: not null }
            ? new Snapshot(identity, file.Keys.ToDictionary(k => k.Id, k => k.ToModel()))
            : throw Damaged($"it is not a file of version {ApiKeyFile.CurrentVersion}", null);
    });

    private async Task ChangeAsync(Func<IEnumerable<ApiKey>, IReadOnlyList<ApiKey>> change, CancellationToken cancellationToken)
    {
        Guarded(() => Directory.CreateDirectory(Path.GetDirectoryName(path)!));
        using var turn = await FileLock.TryTakeAsync(path + ".lock", Patience, time, cancellationToken)
            ?? throw new MemoryStoreException($"Somebody else has been writing '{path}' for {Patience.TotalSeconds:0} seconds. Try again.")
            {
                Provider = "keys", Operation = "lock", IsTransient = true,
            };
        var before = Read();
        var after = new ApiKeyFile(ApiKeyFile.CurrentVersion, [.. change(before.Keys.Values).Select(ApiKeyEntry.From)]);
        try
        {
            await AtomicFile.WriteAsync(
                path, path + ".new",
                async (stream, token) =>
                {
                    if (!OperatingSystem.IsWindows())
                    {
                        File.SetUnixFileMode(stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                    }

                    await JsonSerializer.SerializeAsync(stream, after, ServerJson.Indented.GetTypeInfo(typeof(ApiKeyFile)), token);
                    await stream.FlushAsync(token);
                    FileIdentity.After(before.File, stream.SafeFileHandle);
                },
                cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MemoryStoreException($"The file of the API keys '{path}' cannot be written: {e.Message}", e) { Provider = "keys", Operation = "write" };
        }
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MemoryStoreException($"The file of the API keys '{path}' cannot be read: {e.Message}", e) { Provider = "keys", Operation = "read" };
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw Damaged(e.Message, e);
        }
    }

    private MemoryStoreException Damaged(string why, Exception? inner) =>
        new($"The file of the API keys '{path}' is damaged: {why} Restore it, or move it away and make new keys. Until then no key is taken.", inner)
        {
            Provider = "keys", Operation = "read",
        };

    private sealed record Snapshot(FileIdentity File, IReadOnlyDictionary<string, ApiKey> Keys);
}
