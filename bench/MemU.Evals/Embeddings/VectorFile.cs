using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace MemU.Evals.Embeddings;

/// <summary>
/// Keeps the vectors of a model in a file, so that a second run costs nothing: one record a text, its SHA-256 and the numbers. It is a cache of a
/// measurement, written by one run at a time.
/// </summary>
internal sealed class VectorFile : DelegatingEmbeddingGenerator<string, Embedding<float>>
{
    private const int Batch = 256;

    private readonly string path;
    private readonly int dimensions;
    private readonly Dictionary<Int128, float[]> known = [];

    /// <param name="inner">The model; its vectors have one length.</param>
    /// <param name="path">The file; made when it is missing.</param>
    /// <param name="dimensions">The length of a vector.</param>
    public VectorFile(IEmbeddingGenerator<string, Embedding<float>> inner, string path, int dimensions)
        : base(inner)
    {
        (this.path, this.dimensions) = (path, dimensions);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var record = new byte[16 + (4 * dimensions)];
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read);
        while (file.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) == record.Length)
        {
            known[MemoryMarshal.Read<Int128>(record)] = MemoryMarshal.Cast<byte, float>(record.AsSpan(16)).ToArray();
        }
    }

    /// <inheritdoc/>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        foreach (var batch in texts.Where(t => !known.ContainsKey(Key(t))).Distinct(StringComparer.Ordinal).OrderBy(t => t.Length).Chunk(Batch))
        {
            var made = await base.GenerateAsync(batch, options, cancellationToken);
            using var file = new FileStream(path, FileMode.Append);
            foreach (var (text, embedding) in batch.Zip(made))
            {
                var (key, vector) = (Key(text), embedding.Vector.ToArray());
                known[key] = vector.Length == dimensions ? vector : throw new InvalidOperationException($"A vector of {vector.Length} numbers; {dimensions} were expected.");
                file.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Int128>(in key)));
                file.Write(MemoryMarshal.AsBytes<float>(vector));
            }
        }

        return new GeneratedEmbeddings<Embedding<float>>(texts.Select(t => new Embedding<float>(known[Key(t)])));
    }

    private static Int128 Key(string text) => MemoryMarshal.Read<Int128>(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
