using System.Data.Common;
using System.Globalization;
using MemU.Contracts;

namespace MemU.Sql;

/// <summary>Values as they stand in the columns, and pages and selections made of rows.</summary>
internal static class SqlRead
{
    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset Epoch(this DbDataReader row, int column) => MemUJson.FromEpoch(row.GetDouble(column));

    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.Parse(row.GetString(column), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <summary>ISO 8601 with the offset that was given.</summary>
    public static string? Time(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A page out of one row more than was asked for.</summary>
    public static Page<T> ToPage<T>(this List<T> rows, int limit, Func<T, string> cursor)
    {
        if (rows.Count <= limit)
        {
            return new Page<T>(rows, null);
        }

        rows.RemoveRange(limit, rows.Count - limit);
        return new Page<T>(rows, cursor(rows[^1]));
    }

    /// <summary>The records in the order in which their ids were asked for.</summary>
    public static IReadOnlyList<T> InOrderOf<T>(this IEnumerable<T> records, IReadOnlyCollection<string> ids, Func<T, string> id)
    {
        var byId = records.ToLookup(id, StringComparer.Ordinal);
        return [.. ids.Distinct(StringComparer.Ordinal).SelectMany(i => byId[i])];
    }
}
