using MemU.Conformance.Resources;
using MemU.Conformance.Storage;
using MemU.Conformance.Vectors;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Conformance;

/// <summary>A provider that nobody tests cannot be added.</summary>
public sealed class CompletenessTests
{
    /// <summary>Every port and its suite.</summary>
    public static TheoryData<Type, Type> Ports => new()
    {
        { typeof(IMemoryStore), typeof(MemoryStoreSuite) },
        { typeof(IVectorIndex), typeof(VectorIndexSuite) },
        { typeof(IBlobStore), typeof(BlobStoreSuite) },
    };

    [Theory]
    [MemberData(nameof(Ports))]
    public void Every_provider_of_a_port_has_its_suite(Type port, Type suite)
    {
        var providers = new[] { typeof(MemorySpace).Assembly, typeof(MemUHost).Assembly }
            .SelectMany(a => a.GetTypes())
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(port))
            .ToList();
        var suites = GetType().Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(suite)).Select(t => t.Name).ToList();

        // A provider may have several suites, one for each of its modes: SqlMemoryStoreTests, SqlMemoryStoreWithBlobsTests …
        var missing = providers.Where(p => !suites.Any(s => s.StartsWith(p.Name, StringComparison.Ordinal))).Select(p => p.Name);

        Assert.NotEmpty(providers);
        Assert.Empty(missing);
    }
}
