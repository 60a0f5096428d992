using System.Data.Common;

namespace MemU.Sql;

/// <summary>A write transaction with its connection. Disposing it without a commit undoes everything.</summary>
internal sealed class SqlWrite(DbConnection connection, DbTransaction transaction, Action release) : IAsyncDisposable
{
    /// <summary>Commands of one space in this transaction.</summary>
    public SqlSession InSpace(MemoryScope scope) => new(connection, transaction, scope);

    /// <summary>Makes everything durable, as far as the database was told to.</summary>
    public Task CommitAsync() => transaction.CommitAsync(CancellationToken.None);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        finally
        {
            await connection.DisposeAsync();
            release();
        }
    }
}
