using System.Data.Common;

namespace MemU.Sql;

/// <summary>
/// An open connection with the statements that were prepared on it: preparing one costs more than running it. Disposing gives it back to whoever
/// keeps it for the next use. Not thread-safe.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="make">Makes a statement with the parameters of the scope and these.</param>
/// <param name="release">Takes it back.</param>
internal sealed class SqlChannel(
    DbConnection connection, Func<SqlChannel, string, IReadOnlyList<string>, SqlStatement> make, Action<SqlChannel> release) : IAsyncDisposable
{
    // More than the store has; what comes beyond is not kept.
    private const int MostStatements = 200;

    private readonly Dictionary<string, SqlStatement> idle = new(SqlTextComparer.Instance);

    /// <summary>The connection, for what is done once.</summary>
    public DbConnection Connection => connection;

    /// <summary>True while it is set up for one kind of work only: then nobody else may have it.</summary>
    public bool IsSpecial { get; set; }

    /// <summary>Called before the connection is closed, for whoever relies on it.</summary>
    public Action? Closing { get; set; }

    /// <summary>A statement with the parameters of the scope and these; the same text always has the same ones.</summary>
    public SqlStatement Take(string sql, DbTransaction? transaction, IReadOnlyList<string> names)
    {
        if (!idle.Remove(sql, out var statement))
        {
            statement = make(this, sql, names);
        }

        statement.Begin(transaction);
        return statement;
    }

    /// <summary>Keeps a statement for its next use.</summary>
    public void Return(SqlStatement statement)
    {
        if (idle.Count >= MostStatements || !idle.TryAdd(statement.Sql, statement))
        {
            statement.Close();
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Close()
    {
        Closing?.Invoke();
        foreach (var statement in idle.Values)
        {
            statement.Close();
        }

        idle.Clear();
        connection.Dispose();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        release(this);
        return ValueTask.CompletedTask;
    }
}
