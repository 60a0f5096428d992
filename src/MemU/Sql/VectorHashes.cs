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
    public static async Task<IEnumerable<EmbeddedText>> FindAsync(
        SqlSession session, IVectorSeal seal, string model, IReadOnlyCollection<string> textHashes, CancellationToken cancellationToken)
    {
        // Without its key a space has no hash to look for.
        var wanted = textHashes.Select(hash => (Hash: hash, Sealed: seal.SealHash(Convert.FromHexString(hash)))).Where(h => h.Sealed.Length > 0)
            .GroupBy(h => Beginning(h.Sealed), h => h.Hash).ToDictionary(g => g.Key, g => g.ToList());
        var found = await session.ListAsync(
            $"""
            SELECT b.collection, b.hashes, b.ids FROM vector_blocks b JOIN spaces s ON s.number = b.space
            WHERE {SqlSession.InSpaceOf("s")} AND b.model = @model AND b.hashes IS NOT NULL
            """,
            [("model", model)], (row, _) => Find(row, model, wanted), cancellationToken);
        return found.SelectMany(f => f);
    }

    private static List<EmbeddedText> Find(DbDataReader row, string model, Dictionary<ulong, List<string>> wanted)
    {
        List<EmbeddedText> found = [];
        List<string>? ids = null;
        var hashes = row.GetFieldValue<byte[]>(1);
        for (var i = 0; i < hashes.Length / VectorBlock.BytesOfHash; i++)
        {
            if (wanted.TryGetValue(Beginning(hashes.AsSpan(i * VectorBlock.BytesOfHash)), out var texts))
            {
                ids ??= IdList.Read(row.GetFieldValue<byte[]>(2));
                found.AddRange(texts.Select(hash => new EmbeddedText(row.GetString(0), ids.Count > i ? ids[i] : throw VectorBlock.Damaged(), model, hash, null)));
            }
        }

        return found;
    }

    private static ulong Beginning(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt64LittleEndian(hash);
}
