namespace MemU.Sql;

/// <summary>
/// Which debt of a space is the last word about each record, as far as there are more than are delivered at once. One that is not must not be delivered: whoever delivered
/// the last word before may strike it off meanwhile, and the older one would stay in the index. Not thread-safe.
/// </summary>
internal sealed class LastDebts
{
    private readonly Dictionary<(string Collection, string Id), long> sequences = [];
    private long epoch;
    private long through;

    /// <summary>True unless something newer of the record is known to be owed.</summary>
    public bool IsLast(string collection, string id, long sequence) => !sequences.TryGetValue((collection, id), out var last) || last <= sequence;

    /// <summary>Reads what the space has come to owe since this was read before: from the end on, and never a vector.</summary>
    public async Task ReadOnAsync(SqlSession session, SpaceState space, CancellationToken cancellationToken)
    {
        if (space.Epoch != epoch)
        {
            sequences.Clear();
            (epoch, through) = (space.Epoch, 0);
        }

        var first = space.Number << 32;
        await using var query = session.Command(
            "SELECT sequence, collection, id FROM owed_vectors WHERE place BETWEEN @first AND @last ORDER BY place DESC",
            ("first", first), ("last", first + space.OwedRows - 1));
        await using var rows = await query.ReadAsync(cancellationToken);
        var newest = through;
        while (await rows.ReadAsync(cancellationToken) && rows.GetInt64(0) is var sequence && sequence > through)
        {
            var record = (rows.GetString(1), rows.GetString(2));
            sequences[record] = Math.Max(sequence, sequences.GetValueOrDefault(record));
            newest = Math.Max(newest, sequence);
        }

        through = newest;
    }
}
