namespace MemU.Encryption;

/// <summary>What can be wrong with keys and with what they encrypted, in plain words.</summary>
internal static class EncryptionFault
{
    /// <summary>The provider that errors of keys and encryption name.</summary>
    public const string Provider = "encryption";

    public static MemoryStoreException NoMasterKey(string folder) => Make(
        "open",
        $"The data folder is encrypted (its keys are in '{folder}'), and no key was given. Set MEMU_ENCRYPTION_KEY or encryption.key_file to its master key, "
        + "or call UseEncryption. Nothing was read or written.");

    public static MemoryStoreException OtherMasterKey(string folder, string given, string needed) => Make(
        "open",
        $"The data folder is encrypted with another master key: the keys in '{folder}' need the one with the id {needed}, given was {given}. "
        + "Give that key; if it was rotated, the new one. Nothing was read or written.");

    public static MemoryStoreException NotEncrypted(string folder) => Make(
        "open",
        $"A key was given, but the data beside '{folder}' is not encrypted (or its keys were lost). Export each space without the key ('memu export'), and import it with the key "
        + "into another data folder ('memu import --data DIR'); or leave the key out. Nothing was read or written.");

    public static MemoryStoreException HalfRotated(string file, string needed) => Make(
        "open",
        $"The key '{file}' still waits for a rotation of the master key that was not finished: it needs the key with the id {needed}. Run 'memu master-key rotate' again with the same two keys.");

    public static MemoryStoreException NoSpaceKey(MemoryScope scope) => Make(
        "decrypt",
        $"The key of the space of {scope} is gone, so what is stored there cannot be read. If it was not destroyed on purpose, restore the folder of keys from a backup.");

    public static MemoryStoreException Tampered(MemoryScope scope, string what) => Make(
        "decrypt",
        $"The {what} in the space of {scope} cannot be decrypted: it was changed outside MemU, or moved there from another place. Restore a backup.");

    public static MemoryStoreException PlainValue(MemoryScope scope, string what) => Make(
        "decrypt",
        $"The {what} in the space of {scope} is not encrypted, though the data folder is: a program without the key wrote it. Delete it there, or restore a backup.");

    public static MemoryStoreException Damaged(string file, string what, Exception? inner = null) => Make(
        "open", $"The key file '{file}' is damaged: {what}. Restore it from a backup.", inner);

    public static MemoryStoreException Medium(string operation, string file, Exception inner) => Make(
        operation, $"The key file '{file}' cannot be used: {inner.Message} Check the permissions of its folder and the free space.", inner);

    public static MemoryStoreException Make(string operation, string message, Exception? inner = null, bool transient = false) =>
        new(message, inner) { Provider = Provider, Operation = operation, IsTransient = transient };
}
