namespace MemU.Benchmarks.Baselines;

/// <summary>An index of FAISS over rows, asked with one thread. Not thread-safe.</summary>
internal sealed unsafe class FaissIndex : IDisposable
{
    private readonly delegate* unmanaged<nint, float*, long, float*, long*, int> search = FaissLibrary.Search;
    private readonly float[] scores;
    private readonly long[] numbers;
    private nint index;

    private FaissIndex(nint index, FlatRows rows, int top)
    {
        this.index = index;
        (scores, numbers) = (new float[top], new long[top]);
        FaissLibrary.Add(index, rows.Count, rows.First);
    }

    /// <summary>Every number in single precision.</summary>
    public static FaissIndex Flat(FlatRows rows, int top) => new(FaissLibrary.NewFlat(rows.Dimension), rows, top);

    /// <summary>Eight bits a number; nothing is compared exactly afterwards.</summary>
    public static FaissIndex Sq8(FlatRows rows, int top) => new(FaissLibrary.NewSq8(rows.Dimension), rows, top);

    /// <summary>Numbers of the nearest rows, best first; valid until the next question.</summary>
    public long[] Search(ReadOnlySpan<float> question)
    {
        fixed (float* q = question, s = scores)
        fixed (long* n = numbers)
        {
            FaissLibrary.Check(search(index, q, numbers.Length, s, n), "search");
        }

        return numbers;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        FaissLibrary.Free(index);
        index = 0;
    }
}
