using MemU.Storage;

namespace MemU.Sql;

/// <summary>Writes blocks of one space's vectors within one transaction, and takes vectors out of those that were written before.</summary>
internal sealed class VectorBlockWriter(SqlSession session, SqlDialect dialect, SpaceState space) : IAsyncDisposable
{
    /// <summary>So many bytes of vectors make a full block: enough to fill its pages, few enough to be written anew when one is taken out.</summary>
    public const int BytesOfBlock = 64 * 1024;

    private static readonly string[] Columns = ["space", "collection", "id", "revision", "part"];
    private static readonly string[] Key = ["space", "collection", "id"];

    private readonly Dictionary<VectorPlace, HashSet<string>> takenOut = [];
    private SqlStatement? insert;
    private SqlStatement? move;
    private long part;

    /// <summary>Writes vectors of one collection, model and dimension into as many blocks as they need.</summary>
    /// <param name="records">The vectors.</param>
    /// <param name="areNew">False for vectors that only move, from other blocks or from rows of their own.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task WriteAsync(IReadOnlyCollection<VectorRecord> records, bool areNew, CancellationToken cancellationToken)
    {
        await using var block = session.Prepare(
            """
            INSERT INTO vector_blocks (space, collection, revision, part, model, dimension, hashes, ids, vectors, texts)
            VALUES (@space, @collection, @revision, @part, @model, @dimension, @hashes, @ids, @vectors, @texts)
            """,
            ["space", "collection", "revision", "part", "model", "dimension", "hashes", "ids", "vectors", "texts"]);
        foreach (var chunk in Blocks([.. records]))
        {
            var place = new VectorPlace(chunk[0].Collection, space.Revision, part++);
            var written = new VectorBlock(chunk);
            await block.ExecuteAsync(
                cancellationToken, space.Number, place.Collection, place.Revision, place.Part, chunk[0].Model, chunk[0].Vector.Length,
                written.Hashes(session.Seal), written.Ids, written.Vectors(session.Seal), written.Texts(session.Seal));
            foreach (var record in chunk)
            {
                await WritePlaceAsync(record, place, areNew, cancellationToken);
            }
        }
    }

    /// <summary>True when so many vectors of one collection, model and dimension make full blocks, so that none of them has to be packed once more.</summary>
    public static bool AreFull(int count, int dimension) => count >= LeastOfBlock(dimension);

    /// <summary>A vector goes out of a block when this finishes.</summary>
    public void TakeOut(VectorPlace place, string id)
    {
        if (!takenOut.TryGetValue(place, out var ids))
        {
            takenOut[place] = ids = new HashSet<string>(StringComparer.Ordinal);
        }

        ids.Add(id);
    }

    /// <summary>A vector that is written anew goes out of the block that holds it, if one does.</summary>
    public async Task TakeOutAsync(VectorRecord record, CancellationToken cancellationToken)
    {
        await using var delete = session.Command(
            "DELETE FROM vectors WHERE space = @space AND collection = @collection AND id = @id RETURNING revision, part",
            ("space", space.Number), ("collection", record.Collection), ("id", record.Id));
        var place = new long[2];
        if (await delete.ReadNumbersAsync(place, cancellationToken))
        {
            TakeOut(new VectorPlace(record.Collection, place[0], place[1]), record.Id);
        }
    }

    /// <summary>Removes a block.</summary>
    public Task DeleteAsync(VectorPlace place, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            "DELETE FROM vector_blocks WHERE space = @space AND collection = @collection AND revision = @revision AND part = @part",
            [("space", space.Number), ("collection", place.Collection), ("revision", place.Revision), ("part", place.Part)], cancellationToken);

    /// <summary>Writes the blocks anew of which something was taken out, each where it was.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (var (place, ids) in takenOut)
        {
            if (await ReadAsync(place, cancellationToken) is { } left && left.Records.Any(r => !ids.Contains(r.Id)))
            {
                var kept = new VectorBlock(left.Records.Where(r => !ids.Contains(r.Id)));
                await session.ExecuteAsync(
                    """
                    UPDATE vector_blocks SET hashes = @hashes, ids = @ids, vectors = @vectors, texts = @texts
                    WHERE space = @space AND collection = @collection AND revision = @revision AND part = @part
                    """,
                    [
                        ("hashes", kept.Hashes(session.Seal)), ("ids", kept.Ids), ("vectors", kept.Vectors(session.Seal)), ("texts", kept.Texts(session.Seal)),
                        ("space", space.Number), ("collection", place.Collection), ("revision", place.Revision), ("part", place.Part),
                    ],
                    cancellationToken);
            }
            else
            {
                await DeleteAsync(place, cancellationToken);
            }
        }

        takenOut.Clear();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var statement in new[] { insert, move })
        {
            await (statement?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private static long LeastOfBlock(int dimension) => Math.Max(1, ((BytesOfBlock - 1) / (dimension * (long)sizeof(float))) + 1);

    // As many as can be full, and all of nearly the same size.
    private static IEnumerable<VectorRecord[]> Blocks(VectorRecord[] records)
    {
        var blocks = Math.Max(1, records.Length / LeastOfBlock(records[0].Vector.Length));
        for (var i = 0L; i < blocks; i++)
        {
            yield return records[(int)(records.Length * i / blocks)..(int)(records.Length * (i + 1) / blocks)];
        }
    }

    private async Task WritePlaceAsync(VectorRecord record, VectorPlace place, bool isNew, CancellationToken cancellationToken)
    {
        if (!isNew)
        {
            if (await MoveAsync(record.Id, place, cancellationToken) == 0)
            {
                await InsertAsync(record, place, cancellationToken);
            }
        }
        else if (await InsertAsync(record, place, cancellationToken) == 0)
        {
            await TakeOutAsync(record, cancellationToken);
            await InsertAsync(record, place, cancellationToken);
        }
    }

    private Task<int> InsertAsync(VectorRecord record, VectorPlace place, CancellationToken cancellationToken)
    {
        insert ??= session.Prepare(dialect.InsertIfAbsent("vectors", Columns, Key), Columns);
        return insert.ExecuteAsync(
            cancellationToken, space.Number, place.Collection, record.Id, place.Revision, place.Part);
    }

    private Task<int> MoveAsync(string id, VectorPlace place, CancellationToken cancellationToken)
    {
        move ??= session.Prepare(
            "UPDATE vectors SET revision = @revision, part = @part WHERE space = @space AND collection = @collection AND id = @id",
            ["revision", "part", "space", "collection", "id"]);
        return move.ExecuteAsync(cancellationToken, place.Revision, place.Part, space.Number, place.Collection, id);
    }

    // A damaged block cannot be mended, only left behind: what it held is embedded anew.
    private async Task<VectorBlock?> ReadAsync(VectorPlace place, CancellationToken cancellationToken)
    {
        try
        {
            return await VectorTable.ReadBlockAsync(session, place, cancellationToken);
        }
        catch (InvalidDataException)
        {
            await session.ExecuteAsync(
                "DELETE FROM vectors WHERE space = @space AND collection = @collection AND revision = @revision AND part = @part",
                [("space", space.Number), ("collection", place.Collection), ("revision", place.Revision), ("part", place.Part)], cancellationToken);
            return null;
        }
    }
}
