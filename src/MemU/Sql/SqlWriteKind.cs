namespace MemU.Sql;

/// <summary>What a write transaction is like, so that the database can make ready for it.</summary>
internal enum SqlWriteKind
{
    /// <summary>A few rows.</summary>
    Small,

    /// <summary>Many rows: there should be room for what they touch.</summary>
    Large,

    /// <summary>A power failure may undo it, whatever durability was chosen: nobody waits for the disk.</summary>
    MayBeLost,
}
