using System.Data.Common;
using MemU.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>The SQL of SQLite.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    protected override string MakeInsertIfAbsent(string table, IReadOnlyList<string> columns, IReadOnlyList<string> key) =>
        $"{Insert(table, columns)} ON CONFLICT ({string.Join(", ", key)}) DO NOTHING";

    public override string Upsert(string table, IReadOnlyList<string> columns, IReadOnlyList<string> key) =>
        $"{Insert(table, columns)} ON CONFLICT ({string.Join(", ", key)}) DO UPDATE SET "
        + string.Join(", ", columns.Except(key).Select(c => $"{c} = excluded.{c}"));

    public override string UtcDay(string column) => $"date({column}, 'unixepoch')";

    public override SqlFault Classify(DbException exception) => exception is SqliteException sqlite
        ? sqlite.SqliteExtendedErrorCode switch
        {
            raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY => SqlFault.NotUnique,
            raw.SQLITE_CONSTRAINT_FOREIGNKEY => SqlFault.MissingParent,
            _ => SqlFault.Medium,
        }
        : SqlFault.Medium;

    private static string Insert(string table, IReadOnlyList<string> columns) =>
        $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(c => "@" + c))})";
}
