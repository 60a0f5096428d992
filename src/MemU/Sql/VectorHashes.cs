using System.Buffers.Binary;
using System.Data.Common;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>
/// Finds packed vectors by the text they were made of. The beginnings of the hashes stand in front of each block and are read through: eight bytes a vector, which
/// is less to keep and to write than an index whose every entry is on another page.
/// </summary>
internal static class VectorHashes
{
    /// <summary>Texts of these hashes whose vectors a model made; what the record itself says counts.</summary>
    public static async Task<IReadOnlyList<EmbeddedText>> FindAsync(
        SqlSession session, IVectorSeal seal, string model, IReadOnlyCollection<string> textHashes, CancellationToken cancellationToken)
    {
        // Without its key a space has no hash to look for.
        var wanted = textHashes.Select(hash => (Hash: hash, Sealed: seal.SealHash(Convert.FromHexString(hash)))).Where(h => h.Sealed.Length > 0)
            .GroupBy(h => Beginning(h.Sealed), h => h.Hash).ToDictionary(g => g.Key, g => g.ToList());

        // Without the ids, which lie behind the hashes on other pages: few blocks hold what is looked for.
        var blocks = await session.ListAsync(
            $"""
            SELECT b.collection, b.revision, b.part, b.hashes FROM vector_blocks b JOIN spaces s ON s.number = b.space
            WHERE {SqlSession.InSpaceOf("s")} AND b.model = @model AND b.hashes IS NOT NULL
            """,
            [("model", model)], (row, _) => (Place: new VectorPlace(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), Held: Find(row, wanted)), cancellationToken);
        List<EmbeddedText> found = [];
        foreach (var (place, held) in blocks)
        {
            if (held is not null)
            {
                var ids = await VectorTable.ReadIdsAsync(session, place, cancellationToken);
                found.AddRange(held.Where(h => h.Number < ids.Count).Select(h => new EmbeddedText(place.Collection, ids[h.Number], model, h.Hash, null)));
            }
        }

        return found;
    }

    private static List<(int Number, string Hash)>? Find(DbDataReader row, Dictionary<ulong, List<string>> wanted)
    {
        List<(int, string)>? found = null;
        var hashes = row.GetFieldValue<byte[]>(3);
        for (var i = 0; i < hashes.Length / VectorBlock.BytesOfHash; i++)
        {
            if (wanted.TryGetValue(Beginning(hashes.AsSpan(i * VectorBlock.BytesOfHash)), out var texts))
            {
                (found ??= []).AddRange(texts.Select(hash => (i, hash)));
            }
        }

        return found;
    }

    private static ulong Beginning(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt64LittleEndian(hash);
}
