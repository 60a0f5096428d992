using System.Collections.Concurrent;
using System.Data.Common;

namespace MemU.Sql;

/// <summary>What one database says differently from another. Thread-safe. Everything else in the store's SQL is common to all.</summary>
internal abstract class SqlDialect
{
    private readonly ConcurrentDictionary<string, string> inserts = new(StringComparer.Ordinal);

    /// <summary>
    /// An insert that does nothing when a row with this key exists. Parameters are named like the columns. A table is always asked about with the same columns:
    /// its text is made once.
    /// </summary>
    public string InsertIfAbsent(string table, IReadOnlyList<string> columns, IReadOnlyList<string> key) =>
        inserts.TryGetValue(table, out var known) ? known : inserts.GetOrAdd(table, MakeInsertIfAbsent(table, columns, key));

    /// <summary>An insert that replaces the other columns when a row with this key exists. Parameters are named like the columns.</summary>
    public abstract string Upsert(string table, IReadOnlyList<string> columns, IReadOnlyList<string> key);

    /// <summary>The UTC day (<c>yyyy-MM-dd</c>) of a column that holds epoch seconds.</summary>
    public abstract string UtcDay(string column);

    /// <summary>What kind of error this is.</summary>
    public abstract SqlFault Classify(DbException exception);

    /// <summary>Makes the text of <see cref="InsertIfAbsent"/>.</summary>
    protected abstract string MakeInsertIfAbsent(string table, IReadOnlyList<string> columns, IReadOnlyList<string> key);
}
