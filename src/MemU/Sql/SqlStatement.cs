using System.Data.Common;

namespace MemU.Sql;

/// <summary>
/// A prepared statement, run as often as one likes with other values. Disposing gives it back to its channel. Not thread-safe.
/// </summary>
/// <param name="channel">Where it belongs.</param>
/// <param name="sql">The text.</param>
/// <param name="parameters">How many parameters it has.</param>
internal abstract class SqlStatement(SqlChannel channel, string sql, int parameters) : IAsyncDisposable
{
    /// <summary>The text.</summary>
    public string Sql => sql;

    /// <summary>Its values, in the order of its parameters.</summary>
    protected object?[] Values { get; } = new object?[parameters];

    /// <summary>The next runs belong to this transaction.</summary>
    public abstract void Begin(DbTransaction? transaction);

    /// <summary>Sets the value of a parameter.</summary>
    public void Set(int parameter, object? value) => Values[parameter] = value;

    /// <summary>Runs it with values for the parameters after those of the scope, and returns the number of rows it touched.</summary>
    public Task<int> ExecuteAsync(CancellationToken cancellationToken, params ReadOnlySpan<object?> values)
    {
        values.CopyTo(Values.AsSpan(SqlSession.ScopeColumns.Count));
        return ExecuteAsync(cancellationToken);
    }

    /// <summary>Runs it with the values that are set, and returns the number of rows it touched.</summary>
    public abstract Task<int> ExecuteAsync(CancellationToken cancellationToken);

    /// <summary>Runs it with values for the parameters after those of the scope and reads the first columns of its first row, null as 0; false when there is none.</summary>
    public Task<bool> ReadNumbersAsync(long[] numbers, CancellationToken cancellationToken, params ReadOnlySpan<object?> values)
    {
        values.CopyTo(Values.AsSpan(SqlSession.ScopeColumns.Count));
        return ReadNumbersAsync(numbers, cancellationToken);
    }

    /// <summary>Runs it and reads the first columns of its first row, null as 0; false when there is no row.</summary>
    public abstract Task<bool> ReadNumbersAsync(long[] numbers, CancellationToken cancellationToken);

    /// <summary>Runs it and reads the first columns of its rows as texts; the array is the same for each row.</summary>
    public abstract Task ReadTextsAsync(int columns, Action<string?[]> read, CancellationToken cancellationToken);

    /// <summary>Runs it and reads its rows; the reader is disposed before this is.</summary>
    public abstract Task<DbDataReader> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Closes it for good.</summary>
    public abstract void Close();

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Begin(null);
        channel.Return(this);
        return ValueTask.CompletedTask;
    }
}
