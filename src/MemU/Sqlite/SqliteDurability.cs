namespace MemU.Sqlite;

/// <summary>How much a commit waits for the disk.</summary>
public enum SqliteDurability
{
    /// <summary>A crash of the program loses nothing; a crash of the machine may lose the last commits, never more.</summary>
    Normal,

    /// <summary>Every commit is on the disk when it returns.</summary>
    Full,
}
