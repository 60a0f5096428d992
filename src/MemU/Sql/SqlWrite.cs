using System.Data.Common;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>A write transaction with its channel. Disposing it without a commit undoes everything.</summary>
internal sealed class SqlWrite(SqlChannel channel, DbTransaction transaction, Action release) : IAsyncDisposable
{
    /// <summary>Commands of one space in this transaction.</summary>
    public SqlSession InSpace(MemoryScope scope) => new(channel, transaction, scope);

    /// <summary>Commands of one space in this transaction that write vectors.</summary>
    public SqlSession InSpace(MemoryScope scope, IVectorSeal seal) => new(channel, transaction, scope) { Seal = seal };

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
            await channel.DisposeAsync();
            release();
        }
    }
}
