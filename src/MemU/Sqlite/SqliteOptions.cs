namespace MemU.Sqlite;

/// <summary>How the SQLite file is used.</summary>
public sealed class SqliteOptions
{
    /// <summary>How much a commit waits for the disk; <see cref="SqliteDurability.Normal"/> when not set.</summary>
    public SqliteDurability Durability { get; set; } = SqliteDurability.Normal;

    /// <summary>How long to wait for other writers before giving up; 30 seconds when not set. At least one second.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        if (BusyTimeout < TimeSpan.FromSeconds(1) || BusyTimeout > TimeSpan.FromHours(1))
        {
            throw new ArgumentOutOfRangeException(nameof(BusyTimeout), BusyTimeout, "BusyTimeout is one second to one hour.");
        }

        if (!Enum.IsDefined(Durability))
        {
            throw new ArgumentOutOfRangeException(nameof(Durability), Durability, "Durability is Normal or Full.");
        }
    }
}
