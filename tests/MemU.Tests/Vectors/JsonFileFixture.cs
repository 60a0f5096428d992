using System.Text;
using MemU.Testing;
using MemU.Vectors;

namespace MemU.Tests.Vectors;

/// <summary>A vector file in a folder of its own.</summary>
public abstract class JsonFileFixture : IDisposable
{
    /// <summary>A file as the Python code writes it: two users, a text, a null, no text, no captions.</summary>
    internal const string PythonFile = """
        {
          "resources": {
            "r1": {
              "user_id": "alice",
              "agent_id": "default",
              "vector": [
                0.1,
                -2,
                3e-05
              ],
              "text": "Gespr\u00e4ch \ud83e\udd86"
            }
          },
          "items": {
            "i1": {
              "user_id": "alice",
              "agent_id": "default",
              "vector": [
                1,
                0
              ],
              "text": null
            },
            "i2": {
              "user_id": "bob",
              "agent_id": "default",
              "vector": [
                0.25,
                0.5
              ]
            }
          }
        }
        """;

    internal TemporaryFolder Folder { get; } = new();

    internal static MemoryScope Alice { get; } = new("alice");

    internal static MemoryScope Bob { get; } = new("bob");

    internal string FilePath => Folder.At("vectors.json");

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Folder.Dispose();
    }

    internal JsonFileVectorIndex Open() => new(FilePath);

    /// <summary>Opens, writes and closes: afterwards everything is in the JSON file.</summary>
    internal async Task ApplyAsync(MemoryScope scope, VectorChanges changes)
    {
        await using var index = Open();
        await index.ApplyAsync(scope, changes, Token);
    }

    /// <summary>A file with one item of Alice; the rest is appended to its members.</summary>
    internal static string OneItem(string vector, string rest = "") =>
        "{\"items\": {\"i\": {\"user_id\": \"alice\", \"agent_id\": \"default\", \"vector\": " + vector + rest + "}}}";

    internal void Write(string json) => File.WriteAllText(FilePath, json);

    internal void WriteBytes(ReadOnlySpan<byte> json) => File.WriteAllBytes(FilePath, json);

    internal string Text => File.ReadAllText(FilePath, Encoding.UTF8);

    internal static VectorRecord Vector(string id, params float[] vector) =>
        new() { Collection = VectorCollections.Items, Id = id, Vector = vector, Text = $"text of {id}", Model = "m" };

    internal static VectorChanges Upsert(params VectorRecord[] records) => new() { Upserted = records };

    internal static async Task<List<VectorRecord>> ListAsync(JsonFileVectorIndex index, MemoryScope scope, string collection = VectorCollections.Items) =>
        await index.ListAsync(scope, collection, Token).ToListAsync(Token);

    internal async Task<string> IdsAsync(MemoryScope scope) => string.Join(' ', (await ListAsync(Open(), scope)).Select(v => v.Id));

    internal async Task<MemoryStoreException> RefusedAsync()
    {
        var before = File.Exists(FilePath) ? File.ReadAllBytes(FilePath) : null;
        var index = Open();
        var read = await Assert.ThrowsAsync<MemoryStoreException>(() => ListAsync(index, Alice));
        await Assert.ThrowsAsync<MemoryStoreException>(() => index.EnsureUsableAsync(Alice, Token));
        await Assert.ThrowsAsync<MemoryStoreException>(() => index.ApplyAsync(Alice, Upsert(Vector("new", 1)), Token));
        Assert.Equal(before, File.Exists(FilePath) ? File.ReadAllBytes(FilePath) : null);
        Assert.Contains(FilePath, read.Message);
        Assert.Equal("json", read.Provider);
        return read;
    }
}
