using BenchmarkDotNet.Attributes;
using MemU.Benchmarks.Data;

namespace MemU.Benchmarks.Micro;

/// <summary>A retrieval without a model from a conversation of a thousand messages.</summary>
[MemoryDiagnoser]
public class RetrieveBenchmarks
{
    private BenchStore store = null!;
    private MemorySpace space = null!;
    private int question;

    [GlobalSetup]
    public async Task SetUp()
    {
        store = BenchStore.Open("memory", "");
        space = store.Service.OpenSpace("bench");
        await space.MemorizeAsync(Talk.Messages(1, 0, 1000), "talk");
    }

    [GlobalCleanup]
    public async Task CleanUp() => await store.DisposeAsync();

    [Benchmark]
    public async Task<int> Retrieve() => (await space.RetrieveAsync(Talk.Question(1, question++ % 100))).Evidence.Count;
}
