namespace MemU.Vectors;

/// <summary>What goes wrong with a vector file, in words that say how to mend it.</summary>
internal static class VectorFileFault
{
    public const string Provider = "json";
    public const string Mend = "Restore a backup, or move the file away and run `memu reindex`.";

    public const string MendJournal = "Restore a backup, or move the journal away and run `memu reindex`.";

    public static MemoryStoreException Damaged(string operation, string path, VectorFileDamage damage) =>
        new($"The vector file '{path}' is damaged at line {damage.Line}, byte {damage.Offset + 1}: expected {damage.Message}. Nothing was changed. {Mend}", damage)
        {
            Provider = Provider,
            Operation = operation,
        };

    public static MemoryStoreException Damaged(string operation, string path, JournalDamage damage) =>
        new(
            $"The journal '{path}' of the vector file is damaged at byte {damage.Position}: expected {damage.Message}. Nothing was changed. {MendJournal}",
            damage)
        {
            Provider = Provider,
            Operation = operation,
        };

    public static MemoryStoreException NoSnapshot(string operation, string snapshot, string journal) =>
        new(
            $"The vector file '{snapshot}' is gone, but its journal '{journal}' says that there was one. Nothing was changed. Put the file back, or: {MendJournal}")
        {
            Provider = Provider,
            Operation = operation,
        };

    public static MemoryStoreException Unusable(string operation, string path, Exception e) =>
        new(
            Directory.Exists(path)
                ? $"'{path}' is a folder, but must be the vector file. Move the folder away or choose another path for the vectors."
                : $"The vector file '{path}' could not be used ({operation}): {e.Message.TrimEnd('.')}. The file is as it was. Check its permissions, its folder and the free space.",
            e)
        {
            Provider = Provider,
            Operation = operation,
        };

    public static MemoryStoreException Busy(string operation, string path, TimeSpan waited) =>
        new($"Another process has been writing the vector file '{path}' for {waited.TotalSeconds:0} seconds. Try again, or stop that process.")
        {
            Provider = Provider,
            Operation = operation,
            IsTransient = true,
        };
}
