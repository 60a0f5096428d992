using MemU.Sql;
using Microsoft.Data.Sqlite;

namespace MemU.Sqlite;

/// <summary>Whether the rows that remember many embedded texts can be read.</summary>
internal static class EmbeddedBlocksCheck
{
    public static void Run(SqliteConnection connection, List<Finding> findings)
    {
        var blocks = connection.Rows(
            "SELECT space, collection, last_id, first_id, length(hashes), ids FROM embedded_blocks ORDER BY space, collection, last_id",
            row => (Space: row.GetInt64(0), Block: EmbeddedBlocks.Read(row, 1)));
        var bad = blocks.GroupBy(b => b.Space, b => b.Block).Sum(space => EmbeddedBlocks.Damaged(space).Count());
        if (bad > 0)
        {
            findings.Add(new Finding(
                FindingSeverity.Warning, "bad-embedded-texts",
                $"{bad} rows of embedded_blocks are damaged: they would spare embedding texts again that a model has embedded. No memory is lost.",
                "Forget them with 'memu reindex'."));
        }
    }
}
