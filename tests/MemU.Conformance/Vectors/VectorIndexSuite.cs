using MemU.Vectors;

namespace MemU.Conformance.Vectors;

/// <summary>What every vector index must do. A provider is a class that says how to make an empty one.</summary>
public abstract partial class VectorIndexSuite : IAsyncLifetime
{
    private IVectorIndex? index;

    internal IVectorIndex Index => index!;

    internal static MemoryScope Alice { get; } = new("alice");

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Texts that break careless indexes.</summary>
    public static TheoryData<string> HostileTexts => HostileText.All;

    /// <summary>Pairs of spaces that are easily mixed up.</summary>
    public static TheoryData<string[], string[]> Neighbours => Spaces.Neighbours;

    public async ValueTask InitializeAsync() => index = await CreateAsync();

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        switch (index)
        {
            case IAsyncDisposable asynchronous:
                await asynchronous.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }

    /// <summary>A new, empty index.</summary>
    private protected abstract Task<IVectorIndex> CreateAsync();

    private static VectorRecord Vector(string id, params float[] vector) =>
        new() { Collection = VectorCollections.Items, Id = id, Vector = vector, Text = $"text of {id}", Model = "m" };

    private Task UpsertAsync(params VectorRecord[] records) => Index.ApplyAsync(Alice, new VectorChanges { Upserted = records }, Token);

    private async Task<IReadOnlyList<string>> QueryAsync(VectorQuery query) =>
        [.. (await Index.QueryAsync(Alice, query, Token)).Hits.Select(h => h.Value)];

    private Task<List<VectorRecord>> ListAsync(string collection = VectorCollections.Items, MemoryScope? scope = null) =>
        Index.ListAsync(scope ?? Alice, collection, Token).ToListAsync(Token).AsTask();

    private static void AssertSame(VectorRecord expected, VectorRecord actual)
    {
        Assert.Equal(expected.Vector.ToArray().Select(BitConverter.SingleToInt32Bits), actual.Vector.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(expected with { Vector = default }, actual with { Vector = default });
    }

    private static void AssertNumbers(float[] expected, VectorRecord actual) => Assert.Equal(expected, actual.Vector.ToArray());
}
