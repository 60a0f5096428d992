namespace MemU.Encryption;

/// <summary>What a host without a key asks before each use of its data: whether it is encrypted.</summary>
internal sealed class PlainFolder(string folder)
{
    private readonly KeyFolder files = new(folder, TimeProvider.System);

    /// <summary>Where the keys would be, absolute.</summary>
    public string Path => files.Path;

    /// <exception cref="MemoryStoreException">There are keys beside the data: it is encrypted.</exception>
    public void Admit()
    {
        // Most often there is no such folder: one look is enough.
        if (Directory.Exists(files.Path) && (files.HasMark || files.Spaces.Count > 0))
        {
            throw EncryptionFault.NoMasterKey(files.Path);
        }
    }
}
