namespace MemU.Encryption;

/// <summary>Where the master key comes from; asked when it is first needed.</summary>
internal delegate ValueTask<MasterKey> MasterKeySource(CancellationToken cancellationToken);
