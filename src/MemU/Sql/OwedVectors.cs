using System.Data.Common;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>
/// Vectors that another index is owed, in the table <c>owed_vectors</c>; a row without a vector is a removal. Those of a space stand at its first places, so many
/// as its row says, in the order of commits. What stands behind them was delivered, and waits to be written over. Everything is gathered first and written at the end.
/// </summary>
internal sealed class OwedVectors(SqlSession session, SqlDialect dialect) : SqlVectorTarget
{
    /// <summary>All rows of a space <c>s</c> as <c>o</c>; the order of the tables is meant.</summary>
    public const string OfSpaces = "spaces s CROSS JOIN owed_vectors o ON o.place BETWEEN s.number * 4294967296 AND s.number * 4294967296 + 4294967295";

    // Those that it owes.
    private const string Owed = "spaces s CROSS JOIN owed_vectors o ON o.place BETWEEN s.number * 4294967296 AND s.number * 4294967296 + s.owed_rows - 1";
    private const string NotSettled = "o.sequence > CASE WHEN @epoch = s.epoch THEN @settled ELSE 0 END";

    // More are read from the table when it is their turn.
    private const int MostRemembered = 10_000;

    // The order of debts: the revision of the commit, which follows the clock in milliseconds, and so many numbers in each. A greater commit takes those of the
    // milliseconds after it, and longer than they last.
    private const int NumbersOfRevision = 1 << 20;

    private static readonly string[] Columns = ["place", "sequence", "collection", "id", "model", "text", "vector", "filler"];
    private static readonly string[] Key = ["place"];

    private readonly List<OwedVector> gathered = [];
    private long sequenceBefore;

    public override bool WritesSpace => true;

    public override long BytesOf(IReadOnlyList<VectorRecord> records) => 0;

    public override Task UpsertAsync(VectorRecord record, CancellationToken cancellationToken)
    {
        gathered.Add(new OwedVector(0, record.Collection, record.Id, record));
        return Task.CompletedTask;
    }

    public override async Task RemoveAsync(string collection, string idQuery, string id, CancellationToken cancellationToken)
    {
        var removed = await session.ListAsync(idQuery, [("id", id)], (row, _) => row.GetString(0), cancellationToken);
        gathered.AddRange(removed.Select(i => new OwedVector(0, collection, i, null)));
    }

    public override Task RemoveAsync(string collection, string id, CancellationToken cancellationToken)
    {
        gathered.Add(new OwedVector(0, collection, id, null));
        return Task.CompletedTask;
    }

    public override async Task CompleteAsync(SpaceState space, CancellationToken cancellationToken)
    {
        sequenceBefore = await LastSequenceAsync(session, space, cancellationToken);
        var first = Math.Max(space.Revision * NumbersOfRevision, sequenceBefore + 1);
        await using var insert = session.Prepare(dialect.Upsert("owed_vectors", Columns, Key), Columns);
        for (var i = 0; i < gathered.Count; i++)
        {
            var owed = gathered[i] with { Sequence = first + i, Epoch = space.Epoch };
            gathered[i] = owed;
            var text = session.Seal.SealText(owed.Collection, owed.Id, owed.Record?.Text);
            var vector = owed.Record is { } record ? VectorBytes.ToBind(session.Seal, owed.Collection, owed.Id, record.Vector) : null;
            await insert.ExecuteAsync(
                cancellationToken, FirstPlace(space) + space.OwedRows + i, owed.Sequence, owed.Collection, owed.Id, owed.Record?.Model, text, vector,
                RowFiller.For(VectorBytes.LengthOf(vector), owed.Collection, owed.Id, owed.Record?.Model, text));
        }

        await SpaceTable.WriteAsync(session, space with { OwedRows = space.OwedRows + gathered.Count }, cancellationToken);
    }

    /// <summary>What the commit says that wrote these.</summary>
    /// <param name="space">As the commit left it.</param>
    /// <param name="settled">What of its debts was delivered.</param>
    public CommitReceipt Receipt(SpaceState space, SettledDebt settled)
    {
        var owesMore = sequenceBefore > settled.ThroughIn(space.Epoch);
        return gathered.Count == 0
            ? new CommitReceipt(space.Revision, owesMore)
            : new CommitReceipt(space.Revision, true, owesMore || gathered.Count > MostRemembered ? null : gathered);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>True when something is owed that was not delivered.</summary>
    public static async Task<bool> AnyAsync(SqlSession session, SettledDebt settled, CancellationToken cancellationToken) =>
        await SpaceTable.GetAsync(session, cancellationToken) is { OwedRows: > 0 } space
        && await LastSequenceAsync(session, space, cancellationToken) > settled.ThroughIn(space.Epoch);

    /// <summary>How much is owed that was not delivered.</summary>
    public static Task<long> CountAsync(SqlSession session, SettledDebt settled, CancellationToken cancellationToken) =>
        session.NumberAsync($"SELECT COUNT(*) FROM {Owed} WHERE {SqlSession.InSpaceOf("s")} AND {NotSettled}", Values(settled), cancellationToken);

    /// <summary>The oldest of what is owed and was not delivered; only last words where there is more.</summary>
    public static async Task<IReadOnlyList<OwedVector>> ListAsync(
        SqlSession session, IVectorSeal seal, SettledDebt settled, int limit, LastDebts last, CancellationToken cancellationToken)
    {
        while (await SpaceTable.GetAsync(session, cancellationToken) is { OwedRows: > 0 } space)
        {
            // Before the debts themselves: what is committed in between cannot be in the index before this list is.
            var isMore = space.OwedRows > limit;
            if (isMore)
            {
                await last.ReadOnAsync(session, space, cancellationToken);
            }

            var owed = await ListAsync(session, seal, settled, limit, isMore ? last.IsLast : static (_, _, _) => true, cancellationToken);
            if (owed is not [var first, ..] || first.Epoch == space.Epoch)
            {
                return owed;
            }
        }

        return [];
    }

    /// <summary>What a named model made of which texts, by the last word about each record.</summary>
    public static async Task<IEnumerable<(string Collection, string Id, string Text)>> TextsAsync(
        SqlSession session, IVectorSeal seal, string model, CancellationToken cancellationToken) =>
        (await LastWordsAsync(session, seal, long.MaxValue, cancellationToken)).Where(w => w.Model == model).Select(w => (w.Collection, w.Id, w.Text));

    /// <summary>
    /// Strikes off what was delivered, unless the space has begun anew since, and what was struck off before and stands there yet. Of which words vectors were
    /// made is remembered elsewhere from now on.
    /// </summary>
    /// <param name="session">The space, in a transaction.</param>
    /// <param name="dialect">Of the database.</param>
    /// <param name="settled">What was delivered.</param>
    /// <param name="keep">How many rows may stay, to be written over.</param>
    /// <param name="remember">Whether to remember of which words vectors were made.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many rows stay at most, of what was struck off.</returns>
    public static async Task<int> StrikeOffAsync(
        SqlSession session, SqlDialect dialect, SettledDebt settled, int keep, bool remember, CancellationToken cancellationToken)
    {
        if (await SpaceTable.GetAsync(session, cancellationToken) is not { } space)
        {
            return 0;
        }

        var through = settled.ThroughIn(space.Epoch);
        if (remember && through > 0)
        {
            var words = await LastWordsAsync(session, session.Seal, through, cancellationToken);
            await EmbeddedTexts.RememberAsync(
                session, dialect, space, words.Select(w => (w.Collection, w.Id, w.Model, EmbeddedText.HashBytesOf(w.Text))), cancellationToken);
        }

        var areAll = await LastSequenceAsync(session, space, cancellationToken) <= through;
        var owed = areAll ? 0 : space.OwedRows;
        var kept = keep > 0 && areAll && !await HoldsRemovalsAsync(session, space, cancellationToken) ? keep : 0;
        await session.ExecuteAsync(
            "DELETE FROM owed_vectors WHERE place BETWEEN @first AND @last AND (place >= @stale OR sequence <= @through)",
            [
                ("first", FirstPlace(space) + kept), ("last", FirstPlace(space) + uint.MaxValue), ("stale", FirstPlace(space) + owed), ("through", through),
            ],
            cancellationToken);
        if (owed != space.OwedRows)
        {
            await session.ExecuteAsync("UPDATE spaces SET owed_rows = @owed WHERE number = @space", [("owed", owed), ("space", space.Number)], cancellationToken);
        }

        return kept;
    }

    /// <summary>Which of the records that a query names, which may use <c>@id</c>, the space owes something of.</summary>
    public static async Task<IEnumerable<(string Collection, string Id)>> NamedAsync(
        SqlSession session, string collection, string idQuery, string id, CancellationToken cancellationToken) =>
        (await session.ListAsync(
            $"SELECT o.id FROM {Owed} WHERE {SqlSession.InSpaceOf("s")} AND o.collection = @collection AND o.id IN ({idQuery})",
            [("collection", collection), ("id", id)], (row, _) => row.GetString(0), cancellationToken)).Select(i => (collection, i));

    /// <summary>
    /// Removes what the space owes of these records, because the transaction writes what is newer, or that itself. True when it owes nothing then; the caller writes
    /// that down.
    /// </summary>
    public static async Task<bool> SettleAsync(
        SqlSession session, SpaceState space, IReadOnlySet<(string Collection, string Id)> records, CancellationToken cancellationToken)
    {
        var owed = await session.ListAsync(
            "SELECT place, collection, id FROM owed_vectors WHERE place BETWEEN @first AND @last",
            [("first", FirstPlace(space)), ("last", FirstPlace(space) + space.OwedRows - 1)],
            (row, _) => (Place: row.GetInt64(0), IsNamed: records.Contains((row.GetString(1), row.GetString(2)))), cancellationToken);
        if (owed.TrueForAll(o => o.IsNamed))
        {
            // With what was delivered before, and waits behind them.
            await session.ExecuteAsync(
                "DELETE FROM owed_vectors WHERE place BETWEEN @first AND @last",
                [("first", FirstPlace(space)), ("last", FirstPlace(space) + uint.MaxValue)], cancellationToken);
            return true;
        }

        await using var delete = session.Prepare("DELETE FROM owed_vectors WHERE place = @place", ["place"]);
        foreach (var (place, _) in owed.Where(o => o.IsNamed))
        {
            await delete.ExecuteAsync(cancellationToken, place);
        }

        return false;
    }

    /// <summary>Removes all rows of the session's space; returns of how many records they were that are not known to be delivered.</summary>
    public static async Task<long> EraseAsync(SqlSession session, CancellationToken cancellationToken)
    {
        var owed = await session.NumberAsync(
            $"SELECT COUNT(*) FROM (SELECT DISTINCT o.collection, o.id FROM {Owed} WHERE {SqlSession.InSpaceOf("s")})", [], cancellationToken);
        await session.ExecuteAsync(
            $"DELETE FROM owed_vectors WHERE place IN (SELECT o.place FROM {OfSpaces} WHERE {SqlSession.InSpaceOf("s")})", [], cancellationToken);
        return owed;
    }

    private static async Task<List<(string Collection, string Id, string Model, string Text)>> LastWordsAsync(
        SqlSession session, IVectorSeal seal, long through, CancellationToken cancellationToken)
    {
        var last = new Dictionary<(string Collection, string Id), (string? Model, string? Text)>();
        await using var query = session.Command(
            $"""
            SELECT o.collection, o.id, CASE WHEN o.sequence <= @through THEN o.model END, o.text FROM {Owed}
            WHERE {SqlSession.InSpaceOf("s")} ORDER BY o.place
            """,
            ("through", through));
        await query.ReadTextsAsync(4, row => last[(row[0]!, row[1]!)] = (row[2], row[3]), cancellationToken);
        List<(string Collection, string Id, string Model, string Text)> words = new(last.Count);
        foreach (var ((collection, id), (model, text)) in last)
        {
            if (text is not null && model is not null && !EmbeddedText.IsFree(model))
            {
                words.Add((collection, id, model, seal.OpenText(collection, id, text)!));
            }
        }

        return words;
    }

    private static async Task<List<OwedVector>> ListAsync(
        SqlSession session, IVectorSeal seal, SettledDebt settled, int limit, Func<string, string, long, bool> isListed, CancellationToken cancellationToken)
    {
        List<OwedVector> owed = [];
        await using var query = session.Command(
            $"""
            SELECT o.sequence, o.collection, o.id, o.model, o.vector, o.text, s.epoch FROM {Owed}
            WHERE {SqlSession.InSpaceOf("s")} AND {NotSettled} ORDER BY o.place
            """,
            Values(settled));
        await using var rows = await query.ReadAsync(cancellationToken);
        while (owed.Count < limit && await rows.ReadAsync(cancellationToken))
        {
            if (isListed(rows.GetString(1), rows.GetString(2), rows.GetInt64(0)))
            {
                owed.Add(Read(rows, seal));
            }
        }

        return owed;
    }

    // Whoever removed something did not know, then, that the debts before it had been delivered: what it said stands among them still.
    private static async Task<bool> HoldsRemovalsAsync(SqlSession session, SpaceState space, CancellationToken cancellationToken) =>
        await session.NumberAsync(
            "SELECT 1 FROM owed_vectors WHERE place BETWEEN @first AND @last AND vector IS NULL LIMIT 1",
            [("first", FirstPlace(space)), ("last", FirstPlace(space) + space.OwedRows - 1)], cancellationToken) == 1;

    // Of what the space owes, delivered or not; 0 when that is nothing.
    private static Task<long> LastSequenceAsync(SqlSession session, SpaceState space, CancellationToken cancellationToken) =>
        space.OwedRows == 0
            ? Task.FromResult(0L)
            : session.NumberAsync(
                "SELECT sequence FROM owed_vectors WHERE place BETWEEN @first AND @last ORDER BY place DESC LIMIT 1",
                [("first", FirstPlace(space)), ("last", FirstPlace(space) + space.OwedRows - 1)], cancellationToken);

    private static long FirstPlace(SpaceState space) => space.Number << 32;

    private static (string, object?)[] Values(SettledDebt settled) => [("settled", settled.Through), ("epoch", settled.Epoch)];

    private static OwedVector Read(DbDataReader row, IVectorSeal seal)
    {
        byte[] buffer = [];
        var (collection, id) = (row.GetString(1), row.GetString(2));
        return new OwedVector(row.GetInt64(0), collection, id, row.IsDBNull(4)
            ? null
            : new VectorRecord
            {
                Collection = collection,
                Id = id,
                Model = row.TextOrNull(3),
                Vector = VectorBytes.Read(seal, collection, id, row.GetFieldValue<byte[]>(4), ref buffer).ToArray(),
                Text = seal.OpenText(collection, id, row.TextOrNull(5)),
            },
            row.GetInt64(6));
    }
}
