using MemU.Encryption;

namespace MemU;

/// <summary>Whether data on disk is encrypted, and where the keys of the spaces are.</summary>
/// <param name="Source">The master key; null when nothing is encrypted.</param>
/// <param name="Folder">The folder of the keys; null for <c>keys</c> beside the database.</param>
internal sealed record EncryptionChoice(MasterKeySource? Source, string? Folder);
