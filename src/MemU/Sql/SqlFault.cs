namespace MemU.Sql;

/// <summary>The kinds of database errors that the shared code tells apart.</summary>
internal enum SqlFault
{
    /// <summary>A value that must be unique is taken.</summary>
    NotUnique,

    /// <summary>A row points at a row that does not exist.</summary>
    MissingParent,

    /// <summary>Anything else: the medium failed.</summary>
    Medium,
}
