using System.Data.Common;

namespace MemU.Sql;

/// <summary>
/// Inserts or updates rows of one table by id, within one space. An id is unique in the whole database: one that another space holds is an error,
/// never overwritten. What the database refuses becomes an error that names the record.
/// </summary>
internal sealed class SqlRowWriter<T>(SqlSession session, SqlDialect dialect, SqlRow<T> row) : IAsyncDisposable
{
    private readonly SqlStatement insert = session.Prepare(
        dialect.InsertIfAbsent(row.Table, [.. SqlSession.ScopeColumns, .. row.Columns], ["id"]), row.Columns);

    private SqlStatement? update;

    /// <summary>Writes a record; true when it was new.</summary>
    /// <exception cref="ConcurrentChangeException">A value that must be unique is taken.</exception>
    /// <exception cref="ArgumentException">It points at a row that is not in this space, or its id is another space's.</exception>
    public async Task<bool> WriteAsync(T record, CancellationToken cancellationToken)
    {
        var values = row.Values(record);
        try
        {
            if (await insert.ExecuteAsync(cancellationToken, values) == 1)
            {
                return true;
            }

            update ??= session.Prepare(row.UpdateSql, row.Columns);
            if (await update.ExecuteAsync(cancellationToken, values) == 1)
            {
                return false;
            }
        }
        catch (DbException e) when (dialect.Classify(e) == SqlFault.NotUnique)
        {
            throw new ConcurrentChangeException(
                $"The {row.Kind} '{values[0]}' was not written: another {row.Kind} of this space took its place meanwhile. Read again and retry.");
        }
        catch (DbException e) when (dialect.Classify(e) == SqlFault.MissingParent)
        {
            throw new ArgumentException($"The {row.Kind} '{values[0]}' points at something that is not in this space. Write that first, or leave it out.", e);
        }

        throw new ArgumentException($"The id '{values[0]}' of the {row.Kind} is taken outside this space. Give it an id of its own.");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await insert.DisposeAsync();
        if (update is not null)
        {
            await update.DisposeAsync();
        }
    }
}
