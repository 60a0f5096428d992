namespace MemU.Encryption;

/// <summary>The file that says that the data beside it is encrypted, and which master key it needs.</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">1.</param>
/// <param name="MasterKey">The id of the master key.</param>
/// <param name="FormerMasterKey">The id of the one before, while a rotation is under way; else null.</param>
internal sealed record EncryptionMark(string Format, int Version, string MasterKey, string? FormerMasterKey = null)
{
    public const string FormatName = "memu-encryption";

    public static EncryptionMark Of(MasterKey key, string? former = null) => new(FormatName, 1, key.Id, former);
}
