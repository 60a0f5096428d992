using MemU.Sql;
using Microsoft.Data.Sqlite;

namespace MemU.Sqlite;

/// <summary>Whether the tables of the vectors fit each other.</summary>
internal static class VectorTablesCheck
{
    // What sealing adds to a row of vectors.
    private const long Sealed = 28;

    public static void Run(SqliteConnection connection, List<Finding> findings)
    {
        var bad = CountBadBlocks(connection) + CountLost(connection);
        if (bad > 0)
        {
            findings.Add(new Finding(
                FindingSeverity.Error, "bad-vector", $"{bad} places in the tables of the vectors do not fit each other.", "Embed anew with 'memu reindex --all'."));
        }
    }

    // Each block is whole, and each of its vectors is looked for there.
    private static int CountBadBlocks(SqliteConnection connection)
    {
        using var find = connection.CreateCommand();
        find.CommandText =
            "SELECT COUNT(*) FROM vectors WHERE space = @space AND collection = @collection AND id = @id AND revision = @revision AND part = @part";
        foreach (var name in new[] { "@space", "@collection", "@id", "@revision", "@part" })
        {
            find.Parameters.Add(new SqliteParameter(name, null));
        }

        return connection.Rows(
            "SELECT space, collection, revision, part, dimension, length(vectors), length(hashes), ids, texts FROM vector_blocks",
            row => IsWhole(row, find)).Count(whole => !whole);
    }

    private static bool IsWhole(SqliteDataReader row, SqliteCommand find)
    {
        try
        {
            var ids = IdList.Read(row.GetFieldValue<byte[]>(7));
            var excess = row.GetInt64(5) - (row.GetInt64(4) * sizeof(float) * ids.Count);
            return row.GetInt64(4) > 0
                && excess is 0 or Sealed
                && (row.IsDBNull(6) || row.GetInt64(6) == (long)ids.Count * VectorBlock.BytesOfHash)
                && VectorBlock.ReadTexts(row.GetString(8)).Count == ids.Count
                && ids.TrueForAll(id => IsHere(row, find, id));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static bool IsHere(SqliteDataReader row, SqliteCommand find, string id)
    {
        find.Parameters["@space"].Value = row.GetInt64(0);
        find.Parameters["@collection"].Value = row.GetString(1);
        find.Parameters["@id"].Value = id;
        find.Parameters["@revision"].Value = row.GetInt64(2);
        find.Parameters["@part"].Value = row.GetInt64(3);
        return (long)find.ExecuteScalar()! == 1;
    }

    // Each vector that is looked for in a block has one, each loose one is whole, of a space, and nowhere else.
    private static long CountLost(SqliteConnection connection) => connection.Number(
        $"""
        SELECT (SELECT COUNT(*) FROM vectors v WHERE NOT EXISTS (
                    SELECT 1 FROM vector_blocks b WHERE b.space = v.space AND b.collection = v.collection AND b.revision = v.revision AND b.part = v.part))
             + (SELECT COUNT(*) FROM loose_vectors l
                WHERE l.dimension < 1 OR length(l.vector) - l.dimension * 4 NOT IN (0, {Sealed})
                    OR NOT EXISTS (SELECT 1 FROM spaces s WHERE s.number = l.place >> 32)
                    OR EXISTS (SELECT 1 FROM vectors v WHERE v.space = l.place >> 32 AND v.collection = l.collection AND v.id = l.id))
        """);
}
