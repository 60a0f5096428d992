namespace MemU.Encryption;

/// <summary>Replaces the master key: every space's key is wrapped anew, no data is written.</summary>
internal sealed partial class SpaceKeys
{
    /// <summary>
    /// Wraps every key with another master key. Each file says which master key it needs, so a rotation that was cut short goes on when it is started again with the
    /// same two keys, and can be turned back by exchanging them. Processes that have the old key fail with their next operation.
    /// </summary>
    /// <param name="next">The new master key.</param>
    /// <param name="wrapped">Told how many keys are done.</param>
    /// <param name="cancellationToken">Stops between two keys.</param>
    /// <returns>How many keys were wrapped anew.</returns>
    /// <exception cref="MemoryStoreException">The present key does not fit the data, or an earlier rotation between other keys is not finished.</exception>
    public async Task<int> RotateAsync(MasterKey next, IProgress<int>? wrapped, CancellationToken cancellationToken)
    {
        var present = await MasterAsync(cancellationToken);
        using var held = await files.LockAsync(cancellationToken);
        var mark = files.ReadMark() ?? throw EncryptionFault.Make("rotate", $"There is nothing encrypted beside '{files.Path}' yet, so there is no key to rotate. Just use the new key.");
        foreach (var needed in new[] { mark.MasterKey, mark.FormerMasterKey })
        {
            if (needed is not null && needed != present.Id && needed != next.Id)
            {
                throw mark.FormerMasterKey is null
                    ? EncryptionFault.OtherMasterKey(files.Path, present.Id, needed)
                    : EncryptionFault.HalfRotated(files.MarkFile, needed);
            }
        }

        if (mark.MasterKey == next.Id && mark.FormerMasterKey is null)
        {
            throw EncryptionFault.Make("rotate", "The new key is the one in use already. Nothing was changed.");
        }

        await files.WriteMarkAsync(EncryptionMark.Of(next, former: present.Id), cancellationToken);
        var count = 0;
        foreach (var space in files.Spaces)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (files.ReadKey(space) is { } stored && stored.MasterKey != next.Id)
            {
                await files.WriteKeyAsync(SpaceKeyFile.Of(space, next, Unwrap(stored, present)), cancellationToken);
                count++;
                wrapped?.Report(count);
            }
        }

        await files.WriteMarkAsync(EncryptionMark.Of(next), CancellationToken.None);
        master = next;
        return count;
    }
}
