namespace MemU.Encryption;

/// <summary>Replaces the master key: every space's key is wrapped anew, no data is written.</summary>
internal sealed partial class SpaceKeys
{
    /// <summary>
    /// Wraps every key with another master key. Cut short at any moment, either the old or the new key opens everything; started again with the same two keys it goes
    /// on, and with the two exchanged it is turned back. Processes that have the old key fail with their next operation.
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

        var open = files.Spaces.Select(files.ReadKey).OfType<SpaceKeyFile>().ToList();
        if (mark.MasterKey == next.Id && mark.FormerMasterKey is null && !open.Exists(o => o.HasNext))
        {
            throw EncryptionFault.Make("rotate", "The new key is the one in use already. Nothing was changed.");
        }

        // First both keys open every space's key, one after the other; then the mark says in one step which of them is asked for; then the former one is taken away.
        var count = 0;
        foreach (var stored in open.Where(o => o.WrappedFor(next) is null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await files.WriteKeyAsync(stored.With(next, Unwrap(stored, present)), cancellationToken);
            count++;
            wrapped?.Report(count);
        }

        if (mark.MasterKey != next.Id)
        {
            await files.WriteMarkAsync(EncryptionMark.Of(next, former: present.Id), cancellationToken);
        }

        master = next;
        foreach (var stored in files.Spaces.Select(files.ReadKey).OfType<SpaceKeyFile>().Where(o => o.HasNext || o.MasterKey != next.Id))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await files.WriteKeyAsync(stored.Only(next), cancellationToken);
        }

        await files.WriteMarkAsync(EncryptionMark.Of(next), CancellationToken.None);
        return count;
    }
}
