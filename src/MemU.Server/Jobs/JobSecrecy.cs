using System.Security.Cryptography;
using MemU.Encryption;

namespace MemU.Server.Jobs;

/// <summary>Where the data folder is encrypted, what waits in the jobs is too, with the key of its space. Without a key everything stays as it is.</summary>
/// <param name="keys">The keys of the spaces; null where nothing is encrypted.</param>
internal sealed class JobSecrecy(SpaceKeys? keys)
{
    private const string Field = "job.source";

    public async Task<byte[]> SealAsync(MemoryScope scope, string id, byte[] plain, CancellationToken cancellationToken) =>
        keys is null ? plain : (await keys.GetOrMakeAsync(scope, cancellationToken)).SealBytes(Field, id, plain);

    /// <exception cref="MemoryStoreException">It cannot be decrypted: its space was erased, or it was changed.</exception>
    public async Task<byte[]> OpenAsync(MemoryScope scope, string id, byte[] written, CancellationToken cancellationToken)
    {
        if (keys is null)
        {
            return written;
        }

        var plain = new byte[Math.Max(0, written.Length - GcmKey.Overhead)];
        return await keys.GetAsync(scope, cancellationToken) is { } cipher && cipher.TryOpenBytes(Field, id, written, plain)
            ? plain
            : throw new MemoryStoreException($"The source of the job '{id}' cannot be decrypted: its space was erased, or the file was changed. Memorize it again.")
            {
                Provider = "jobs", Operation = "open",
            };
    }

    /// <summary>A hash that tells whether two requests are the same; a keyed one where the data is encrypted, which nobody else can compare with a guess.</summary>
    public async Task<string> HashAsync(MemoryScope scope, byte[] plain, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData(plain);
        return Convert.ToHexStringLower(keys is null ? hash : (await keys.GetOrMakeAsync(scope, cancellationToken)).SealHash(hash));
    }

    /// <summary>A reason that may be kept: those of an encrypted folder name no file and no URL.</summary>
    public string Reason(string message) => keys is null ? message : "The server's log says why; an encrypted data folder keeps no more.";
}
