using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MemU.Sqlite;

/// <summary>Short commands on a connection.</summary>
internal static class SqliteCommands
{
    public static void Run(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Make(connection, sql, parameters);
        command.ExecuteNonQuery();
    }

    public static long Number(this SqliteConnection connection, string sql) => Convert.ToInt64(Scalar(connection, sql) ?? 0L, CultureInfo.InvariantCulture);

    public static string? Text(this SqliteConnection connection, string sql) => Scalar(connection, sql) as string;

    public static List<T> Rows<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = Make(connection, sql, []);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>A name as it stands in SQL.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = Make(connection, sql, []);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    private static SqliteCommand Make(SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
