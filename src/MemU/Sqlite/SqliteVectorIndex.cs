using System.Data.Common;
using System.Runtime.CompilerServices;
using MemU.Sql;
using MemU.Vectors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>Vectors as BLOBs in the file of the metadata, written by the commits themselves. Search is exact and reads the rows of one space only.</summary>
internal sealed class SqliteVectorIndex(SqliteDatabase database) : IVectorIndex
{
    private const int RowsAtOnce = 500;

    public string Provider => "sqlite";

    public bool IsPartOfStore => true;

    public async Task EnsureUsableAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        try
        {
            // Taking the write lock shows that the file can be written; nothing is.
            await using var write = await database.BeginWriteAsync(cancellationToken);
        }
        catch (DbException e)
        {
            throw database.Failure("open", e);
        }
    }

    public async Task ApplyAsync(MemoryScope scope, VectorChanges changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        VectorRules.Check(changes);
        try
        {
            await using var write = await database.BeginWriteAsync(cancellationToken);
            await using var vectors = new StoredVectors(write.InSpace(scope), database.Dialect);
            foreach (var (collection, id) in changes.Removed)
            {
                await vectors.RemoveAsync(collection, id, cancellationToken);
            }

            foreach (var record in changes.Upserted)
            {
                await vectors.UpsertAsync(record, cancellationToken);
            }

            await write.CommitAsync();
        }
        catch (DbException e)
        {
            throw database.Failure("write vectors", e);
        }
    }

    // The store's own erasure takes the vectors along.
    public Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken) => Task.FromResult(0L);

    public async Task<IReadOnlyList<VectorRecord>> GetAsync(
        MemoryScope scope, string collection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        VectorRules.CheckCollection(collection);
        return await ReadAsync(scope, [], session => StoredVectors.GetAsync(session, collection, ids, cancellationToken), cancellationToken);
    }

    public async Task<VectorHits> QueryAsync(MemoryScope scope, VectorQuery query, CancellationToken cancellationToken)
    {
        var search = new ExactSearch(query);
        await ReadAsync(scope, false, session => SearchAsync(session, query.Collection, search, cancellationToken), cancellationToken);
        return search.Hits;
    }

    public async IAsyncEnumerable<VectorRecord> ListAsync(
        MemoryScope scope, string collection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        VectorRules.CheckCollection(collection);
        for (string? after = null; ;)
        {
            var rows = await ReadAsync<List<VectorRecord>>(
                scope, [], session => StoredVectors.ListAsync(session, collection, after, RowsAtOnce, cancellationToken), cancellationToken);
            foreach (var row in rows)
            {
                yield return row;
            }

            if (rows.Count < RowsAtOnce)
            {
                yield break;
            }

            after = rows[^1].Id;
        }
    }

    private static async Task<bool> SearchAsync(SqlSession session, string collection, ExactSearch search, CancellationToken cancellationToken)
    {
        await using var statement = session.Command(
            $"SELECT id, model, vector FROM vectors WHERE {SqlSession.InSpace} AND collection = @collection", ("collection", collection));
        await using var reader = (SqliteDataReader)await statement.ReadAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            Offer(reader, search);
        }

        return true;
    }

    private static void Offer(SqliteDataReader row, ExactSearch search)
    {
        // SQLite's own memory, valid until the next row: nothing is copied.
        var bytes = raw.sqlite3_column_blob(row.Handle, 2);
        search.Offer(row.GetString(0), VectorBytes.Read(bytes), row.TextOrNull(1));
    }

    private async Task<T> ReadAsync<T>(MemoryScope scope, T whenEmpty, Func<SqlSession, Task<T>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        try
        {
            await using var channel = await database.OpenForReadAsync(cancellationToken);
            return channel is null ? whenEmpty : await read(new SqlSession(channel, null, scope));
        }
        catch (DbException e)
        {
            throw database.Failure("read vectors", e);
        }
    }
}
