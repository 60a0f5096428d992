using MemU.Encryption;

namespace MemU.Settings;

/// <summary>Whether what is kept on disk is encrypted. Without a key it is not, and encrypted data is refused.</summary>
public sealed class EncryptionSettings
{
    /// <summary>The master key: 32 bytes in base64 or hexadecimal. Better given by the environment than by a file that lies about.</summary>
    public string? Key { get; set; }

    /// <summary>A file that holds the master key.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The folder of the spaces' keys, which the master key unwraps.</summary>
    public string KeysDir { get; set; } = "./data/keys";

    /// <summary>True when a key is given.</summary>
    internal bool IsOn => Key is not null || KeyFile is not null;

    /// <summary>The master key; null when there is none.</summary>
    /// <exception cref="ArgumentException">It is set twice, cannot be read, or is no key.</exception>
    internal MasterKey? ToMasterKey() => (Key, KeyFile) switch
    {
        (null, null) => null,
        (not null, not null) => throw new ArgumentException("encryption.key and encryption.key_file are both set. Leave one out."),
        ({ } key, null) => string.IsNullOrWhiteSpace(key)
            ? throw Blank("encryption.key")
            : MasterKey.Parse(key, "encryption.key"),
        (null, { } file) => string.IsNullOrWhiteSpace(file) ? throw Blank("encryption.key_file") : Encryption.KeyFile.Read(file),
    };

    // Memories must not be stored in plain text because a variable came out empty.
    private static ArgumentException Blank(string name) => new($"The setting {name} is blank. Give a key, or unset it to go without encryption.");
}
