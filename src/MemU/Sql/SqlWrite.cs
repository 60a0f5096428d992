using System.Data.Common;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>A write transaction with its channel. Disposing it without a commit undoes everything.</summary>
/// <param name="channel">Its channel.</param>
/// <param name="transaction">The transaction.</param>
/// <param name="release">Lets the next writer in.</param>
/// <param name="moment">The moment that its commit began; null when somebody has committed since, or when it cannot be told.</param>
internal sealed class SqlWrite(SqlChannel channel, DbTransaction transaction, Action release, Func<long?> moment) : IAsyncDisposable
{
    /// <summary>The moment that the commit began, while nobody has committed since; null when that is not known.</summary>
    public long? Moment => moment();

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
