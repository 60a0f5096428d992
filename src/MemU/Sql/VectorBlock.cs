using System.Buffers;
using System.Data.Common;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>The vectors of one row of <c>vector_blocks</c>: one collection, model and dimension.</summary>
internal sealed class VectorBlock
{
    /// <summary>So many bytes of a hash tell texts apart.</summary>
    public const int BytesOfHash = 8;

    // Of more than this the bytes fit into no value of a row.
    private const int MostDimensions = 1 << 28;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<VectorRecord> records;

    /// <summary>A block of these vectors, of one collection, model and dimension.</summary>
    public VectorBlock(IEnumerable<VectorRecord> records) => this.records = [.. records];

    /// <summary>What it holds.</summary>
    public IReadOnlyList<VectorRecord> Records => records;

    /// <summary>The ids as a row keeps them.</summary>
    public byte[] Ids => IdList.Write(records.Select(r => r.Id));

    /// <summary>The beginnings of the hashes of the texts that a paid model has embedded, zeros for others, in the order of the ids; null when there are none.</summary>
    public byte[]? Hashes(IVectorSeal seal)
    {
        if (!records.Exists(EmbeddedText.IsRemembered))
        {
            return null;
        }

        var hashes = new byte[records.Count * BytesOfHash];
        foreach (var (i, record) in records.Index())
        {
            if (EmbeddedText.IsRemembered(record))
            {
                seal.SealHash(EmbeddedText.HashBytesOf(record.Text!)).AsSpan(0, BytesOfHash).CopyTo(hashes.AsSpan(i * BytesOfHash));
            }
        }

        return hashes;
    }

    /// <summary>The texts as a row keeps them, each sealed for its entry.</summary>
    public string Texts(IVectorSeal seal) => Write(records.ConvertAll(r => seal.SealText(r.Collection, r.Id, r.Text)));

    /// <summary>A row made to records again; without texts where none are needed.</summary>
    /// <exception cref="InvalidDataException">The parts of the row do not fit each other, or are not what was sealed.</exception>
    public static VectorBlock Read(IVectorSeal seal, string collection, string? model, int dimension, ReadOnlySpan<byte> ids, byte[] vectors, string? texts = null)
    {
        var names = IdList.Read(ids);
        var words = texts is null ? [.. new string?[names.Count]] : ReadTexts(texts);
        byte[] buffer = [];
        var numbers = VectorBytes.Read(seal, collection, NameOf(seal, names), vectors, ref buffer).ToArray();
        if (numbers.Length != (long)dimension * names.Count || words.Count != names.Count)
        {
            throw Damaged();
        }

        return new VectorBlock(names.Select((id, i) => new VectorRecord
        {
            Collection = collection, Id = id, Model = model, Text = seal.OpenText(collection, id, words[i]), Vector = numbers.AsMemory(i * dimension, dimension),
        }));
    }

    /// <summary>What the vectors of these ids are sealed under together.</summary>
    public static string NameOf(IVectorSeal seal, List<string> ids) => seal.BindsIds ? Write(ids!) : "";

    /// <summary>What the vectors of these ids are sealed under together.</summary>
    public static string NameOf(IVectorSeal seal, List<VectorId> ids) => seal.BindsIds ? Write(ids.ConvertAll(id => (string?)id.ToString())) : "";

    /// <summary>The dimension that a row tells.</summary>
    /// <exception cref="InvalidDataException">No vector can have it.</exception>
    public static int DimensionOf(DbDataReader row, int column) =>
        row.GetInt64(column) is > 0 and <= MostDimensions and var dimension ? (int)dimension : throw Damaged();

    /// <summary>The error about a row whose parts do not fit each other.</summary>
    public static InvalidDataException Damaged() => new("a block of vectors is damaged");

    /// <summary>The vectors as a row keeps them, sealed together for their ids.</summary>
    public byte[] Vectors(IVectorSeal seal) =>
        VectorBytes.From(seal, records[0].Collection, NameOf(seal, records.ConvertAll(r => r.Id)), [.. records.Select(r => r.Vector)]);

    /// <summary>The texts of a row, sealed as they are.</summary>
    /// <exception cref="InvalidDataException">They cannot be read.</exception>
    public static List<string?> ReadTexts(string list)
    {
        try
        {
            var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(list));
            var read = new List<string?>();
            for (var starts = json.Read() && json.TokenType == JsonTokenType.StartArray; starts && json.Read() && json.TokenType != JsonTokenType.EndArray;)
            {
                read.Add(json.TokenType is JsonTokenType.String or JsonTokenType.Null ? json.GetString() : throw Damaged());
            }

            return json.TokenType == JsonTokenType.EndArray && !json.Read() ? read : throw Damaged();
        }
        catch (JsonException)
        {
            throw Damaged();
        }
    }

    private static string Write(List<string?> list)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartArray();
            foreach (var text in list)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
