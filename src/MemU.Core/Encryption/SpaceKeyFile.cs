namespace MemU.Encryption;

/// <summary>The file that holds the key of one space, wrapped with a master key.</summary>
/// <param name="Format">Always <see cref="FormatName"/>.</param>
/// <param name="Version">1.</param>
/// <param name="Space">The key of the space's scope; also the name of the file.</param>
/// <param name="MasterKey">The id of the master key that unwraps it.</param>
/// <param name="Wrapped">Nonce, tag and ciphertext.</param>
internal sealed record SpaceKeyFile(string Format, int Version, string Space, string MasterKey, byte[] Wrapped)
{
    public const string FormatName = "memu-space-key";

    public static SpaceKeyFile Of(string space, MasterKey master, ReadOnlySpan<byte> key) => new(FormatName, 1, space, master.Id, master.Wrap(key, space));
}
