namespace MemU.Sql;

/// <summary>How one kind of record stands in its table: a row with an id of its own.</summary>
/// <param name="Kind">What messages call it.</param>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns besides those of the scope; the first is the id.</param>
/// <param name="Updated">The columns that an update writes.</param>
/// <param name="Values">A record's values, in the order of the columns.</param>
internal sealed record SqlRow<T>(string Kind, string Table, IReadOnlyList<string> Columns, IReadOnlyList<string> Updated, Func<T, object?[]> Values)
{
    /// <summary>The update of one row; parameters are named like the columns.</summary>
    public string UpdateSql =>
        $"UPDATE {Table} SET {string.Join(", ", Updated.Select(c => $"{c} = @{c}"))} WHERE {SqlSession.InSpace} AND id = @id";
}
