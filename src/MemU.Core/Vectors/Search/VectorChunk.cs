namespace MemU.Vectors;

/// <summary>
/// Some rows of one dimension, one after the other, each padded with zeros to a whole number of steps. Rows are kept as they were given, with the
/// inverse of their length beside them: nothing has to be kept twice to give a vector back.
/// </summary>
internal sealed class VectorChunk
{
    private const int BytesOfObjects = 200;

    private readonly int dimension;
    private readonly int stride;
    private readonly float[] rows;
    private readonly float[] scales;
    private readonly string[] ids;
    private RoundedRows? rounded;

    public VectorChunk(int dimension, int capacity)
    {
        this.dimension = dimension;
        stride = StrideOf(dimension);
        rows = stride == dimension ? GC.AllocateUninitializedArray<float>(stride * capacity) : new float[stride * capacity];
        scales = new float[capacity];
        ids = new string[capacity];
    }

    public int Count { get; private set; }

    public int Capacity => ids.Length;

    public long Bytes =>
        BytesOfObjects + ((long)rows.Length * sizeof(float)) + ((long)ids.Length * (sizeof(float) + IntPtr.Size)) + (rounded?.Bytes ?? 0);

    public static int StrideOf(int dimension) => (dimension + DotProduct.Step - 1) / DotProduct.Step * DotProduct.Step;

    public string IdOf(int row) => ids[row];

    /// <summary>A row as it was given.</summary>
    public ReadOnlySpan<float> Vector(int row) => rows.AsSpan(row * stride, dimension);

    public void Add(string id, ReadOnlySpan<float> vector)
    {
        ids[Count] = id;
        Write(Count, vector);
        Count++;
    }

    /// <summary>Puts another vector into a row.</summary>
    public void Write(int row, ReadOnlySpan<float> vector)
    {
        vector.CopyTo(rows.AsSpan(row * stride, dimension));
        var length = VectorLength.Of(vector);
        scales[row] = length == 0 ? 0 : VectorLength.IsOrdinary(length) ? (float)(1 / length) : float.NaN;
        rounded?.Write(row, vector, scales[row]);
    }

    /// <summary>Keeps rounded copies of the rows too, or no longer.</summary>
    public void Round(bool wanted)
    {
        rounded = wanted ? new RoundedRows(dimension, Capacity) : null;
        for (var row = 0; wanted && row < Count; row++)
        {
            rounded!.Write(row, Vector(row), scales[row]);
        }
    }

    /// <summary>Puts the last row of a chunk, which may be this one, into the place of a row.</summary>
    public void MoveLastInto(VectorChunk other, int row)
    {
        var last = Count - 1;
        if (other != this || row != last)
        {
            rows.AsSpan(last * stride, stride).CopyTo(other.rows.AsSpan(row * stride, stride));
            other.scales[row] = scales[last];
            other.ids[row] = ids[last];
            rounded?.CopyTo(other.rounded!, last, row);
        }

        ids[last] = null!;
        Count = last;
    }

    /// <summary>The same rows with room for more.</summary>
    public VectorChunk Grow(int capacity)
    {
        var grown = new VectorChunk(dimension, capacity) { Count = Count };
        rows.AsSpan(0, Count * stride).CopyTo(grown.rows);
        scales.AsSpan(0, Count).CopyTo(grown.scales);
        ids.AsSpan(0, Count).CopyTo(grown.ids);
        grown.Round(rounded is not null);
        return grown;
    }

    /// <summary>Compares every row with a normalised question.</summary>
    public void Search(ReadOnlySpan<float> question, TopK best)
    {
        for (var row = 0; row < Count; row++)
        {
            Offer(question, row, best);
        }
    }

    /// <summary>Compares one row with a normalised question.</summary>
    public void Offer(ReadOnlySpan<float> question, int row, TopK best)
    {
        var score = DotProduct.Of(question, rows.AsSpan(row * stride, stride)) * scales[row];
        if (float.IsNaN(score))
        {
            score = ExactCosine(question, row);
        }

        if (best.Wants(score))
        {
            best.Offer(ids[row], Math.Clamp(score, -1, 1));
        }
    }

    /// <summary>Compares the rounded copy of every row with a rounded question.</summary>
    public void SearchRounded(ReadOnlySpan<sbyte> question, int firstNumber, Candidates candidates) =>
        rounded!.Search(question, Count, firstNumber, candidates);

    // Rows whose length overflows single precision, or nearly vanishes in it.
    private float ExactCosine(ReadOnlySpan<float> question, int row)
    {
        var vector = Vector(row);
        var (dot, square) = (0.0, 0.0);
        for (var i = 0; i < vector.Length; i++)
        {
            dot += (double)question[i] * vector[i];
            square += (double)vector[i] * vector[i];
        }

        return (float)(dot / Math.Sqrt(square));
    }
}
