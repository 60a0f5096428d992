using BenchmarkDotNet.Attributes;
using MemU.Benchmarks.Data;
using MemU.Reasoning.Offline;
using MemU.Text;

namespace MemU.Benchmarks.Micro;

/// <summary>Reading the words of a message, of which an index by words and the offline embedding are made.</summary>
[MemoryDiagnoser]
public class TextBenchmarks
{
    private const int Messages = 100;
    private readonly string[] texts = [.. Enumerable.Range(0, Messages).Select(n => Talk.Text(1, n))];
    private readonly OfflineEmbeddingGenerator embedding = new();

    [Benchmark(OperationsPerInvoke = Messages)]
    public int Tokenize()
    {
        var tokens = 0;
        foreach (var text in texts)
        {
            tokens += Tokenizer.Read(text).Count;
        }

        return tokens;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public int Split_into_sentences()
    {
        var sentences = 0;
        foreach (var text in texts)
        {
            sentences += SentenceSplitter.Split(text).Count;
        }

        return sentences;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task<int> Embed_offline() => (await embedding.GenerateAsync(texts)).Count;
}
