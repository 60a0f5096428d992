using System.Data.Common;

namespace MemU.Sql;

/// <summary>A prepared statement, run as often as one likes with other values. Disposing gives it back to its channel. Not thread-safe.</summary>
internal sealed class SqlStatement : IAsyncDisposable
{
    private readonly SqlChannel channel;
    private readonly DbCommand command;
    private readonly DbParameter[] parameters;

    public SqlStatement(SqlChannel channel, DbCommand command, string sql, IReadOnlyList<string> names)
    {
        this.channel = channel;
        this.command = command;
        Sql = sql;
        command.CommandText = sql;
        parameters = new DbParameter[names.Count];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = command.CreateParameter();
            parameters[i].ParameterName = "@" + names[i];
            command.Parameters.Add(parameters[i]);
        }
    }

    /// <summary>The text.</summary>
    public string Sql { get; }

    /// <summary>The next runs belong to this transaction.</summary>
    public void Begin(DbTransaction? transaction) => command.Transaction = transaction;

    /// <summary>Sets the value of a parameter.</summary>
    public void Set(int parameter, object? value) => parameters[parameter].Value = value ?? DBNull.Value;

    /// <summary>Runs it with values for the parameters after those of the scope, and returns the number of rows it touched.</summary>
    public Task<int> ExecuteAsync(CancellationToken cancellationToken, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Set(SqlSession.ScopeColumns.Count + i, values[i]);
        }

        return command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs it and reads its rows; the reader is disposed before this is.</summary>
    public Task<DbDataReader> ReadAsync(CancellationToken cancellationToken) => command.ExecuteReaderAsync(cancellationToken);

    /// <summary>Closes it for good.</summary>
    public void Close() => command.Dispose();

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        command.Transaction = null;
        channel.Return(this);
        return ValueTask.CompletedTask;
    }
}
