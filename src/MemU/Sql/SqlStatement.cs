using System.Data.Common;

namespace MemU.Sql;

/// <summary>A prepared statement that is run again and again with other values. Not thread-safe.</summary>
internal sealed class SqlStatement(DbCommand command, DbParameter[] parameters) : IAsyncDisposable
{
    /// <summary>Runs it and returns the number of rows it touched.</summary>
    public Task<int> ExecuteAsync(CancellationToken cancellationToken, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => command.DisposeAsync();
}
