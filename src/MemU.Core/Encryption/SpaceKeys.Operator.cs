using System.Runtime.CompilerServices;
using MemU.Files;

namespace MemU.Encryption;

/// <summary>The operator's view of the keys: they are a part of the data like any other. The master key is never in it.</summary>
internal sealed partial class SpaceKeys : IDataPart
{
    public string PartName => "keys";

    public IReadOnlyList<string> Locations => [files.Path];

    public Task<bool> HasDataAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(files.HasMark || files.Spaces.Count > 0);
    }

    public async Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        await AdmitAsync(cancellationToken);
        if (!files.HasMark)
        {
            return;
        }

        using var held = await files.LockAsync(cancellationToken);
        await CopyAsync(files, new KeyFolder(folder, time), bytesCopied, cancellationToken);
    }

    public async Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        var key = await MasterAsync(cancellationToken);
        var copy = new KeyFolder(folder, time);
        if (copy.ReadMark() is { } mark && mark.MasterKey != key.Id)
        {
            throw EncryptionFault.OtherMasterKey(copy.Path, key.Id, mark.MasterKey);
        }

        using var held = await files.LockAsync(cancellationToken);
        await CopyAsync(copy, files, bytesCopied, cancellationToken);
        foreach (var space in files.Spaces.Except(copy.Spaces))
        {
            KeyFolder.Destroy(files.FileOf(space));
        }

        known.Clear();
    }

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Directory.Exists(files.Path))
        {
            using (await files.LockAsync(cancellationToken))
            {
                files.DestroyAll();
            }

            files.RemoveWhenEmpty();
        }

        known.Clear();
    }

    public async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await AdmitAsync(cancellationToken);
        var isRotating = files.ReadMark() is { FormerMasterKey: not null };
        foreach (var space in files.Spaces)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ProblemOf(space, out var hasNext) is { } problem)
            {
                yield return new Finding(FindingSeverity.Error, "bad-key", problem, "Restore the folder of keys from a backup: without this key the space cannot be read.");
            }

            isRotating |= hasNext;
        }

        if (isRotating)
        {
            yield return new Finding(
                FindingSeverity.Warning, "unfinished-rotation", $"A rotation of the master key was begun and not finished: some keys in '{files.Path}' can be opened with another master key than the one in use.",
                "Run 'memu master-key rotate' again with the same two keys; to turn it back, exchange them.");
        }

        foreach (var file in files.Leftovers)
        {
            yield return new Finding(FindingSeverity.Info, "leftover-temporary", $"'{file}' was left by a write that did not end.", "Remove the file when no other process is writing.");
        }
    }

    private string? ProblemOf(string space, out bool hasNext)
    {
        hasNext = false;
        try
        {
            if (files.ReadKey(space) is { } stored)
            {
                hasNext = stored.HasNext;
                Unwrap(stored, master!);
            }

            return null;
        }
        catch (MemoryStoreException e) when (e.Provider == EncryptionFault.Provider)
        {
            return e.Message;
        }
    }

    /// <summary>Copies the keys first: a mark alone would make an empty folder an encrypted one.</summary>
    private static async Task CopyAsync(KeyFolder from, KeyFolder to, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        foreach (var space in from.Spaces)
        {
            if (from.ReadKey(space) is { } file)
            {
                await to.WriteKeyAsync(file, cancellationToken);
                bytesCopied?.Report(bytes += FileIdentity.At(to.FileOf(space)).Length);
            }
        }

        if (from.ReadMark() is { } mark)
        {
            await to.WriteMarkAsync(mark, cancellationToken);
            bytesCopied?.Report(bytes + FileIdentity.At(to.MarkFile).Length);
        }
    }
}
