using System.Runtime.CompilerServices;

namespace MemU.Vectors;

/// <summary>
/// Some rows of one dimension, one after the other, each padded with zeros to a whole number of steps. Rows are kept as they were given, with the
/// inverse of their length beside them: nothing has to be kept twice to give a vector back.
/// </summary>
/// <param name="dimension">Of the vectors.</param>
/// <param name="capacity">How many rows.</param>
/// <param name="room">Room for them, of <see cref="StrideOf"/> numbers each.</param>
internal sealed class VectorChunk(int dimension, int capacity, AlignedRows<float> room)
{
    private const int BytesOfObjects = 200;

    private readonly AlignedRows<float> rows = room;
    private readonly float[] scales = new float[capacity];
    private readonly Guid[] uuids = new Guid[capacity];
    private string?[]? texts;
    private RoundedRows? rounded;

    public int Count { get; private set; }

    public int Capacity => uuids.Length;

    /// <summary>What it takes, without ids that are objects of their own.</summary>
    public long Bytes =>
        BytesOfObjects + rows.Bytes + ((long)Capacity * (sizeof(float) + Unsafe.SizeOf<Guid>() + (texts is null ? 0 : IntPtr.Size))) + (rounded?.Bytes ?? 0);

    /// <summary>What one of the whole numbers of a rounded row stands for, at most.</summary>
    public float GreatestStep => rounded?.GreatestStep ?? 0;

    public static int StrideOf(int dimension) => (dimension + DotProduct.Step - 1) / DotProduct.Step * DotProduct.Step;

    public VectorId IdOf(int row) => texts?[row] is { } text ? VectorId.OfText(text) : new VectorId(uuids[row]);

    public bool HasId(int row, in VectorId id) =>
        id.Text is { } text ? texts?[row] == text : uuids[row] == id.Uuid && texts?[row] is null;

    /// <summary>A row as it was given.</summary>
    public ReadOnlySpan<float> Vector(int row) => rows[row][..dimension];

    /// <summary>Makes room for an id of this kind; most chunks have no texts.</summary>
    public void MakeRoomFor(in VectorId id) => texts ??= id.Text is null ? null : new string?[Capacity];

    public void Add(in VectorId id, ReadOnlySpan<float> vector)
    {
        PutId(Count, id);
        Write(Count, vector);
        Count++;
    }

    /// <summary>Puts another vector into a row.</summary>
    public void Write(int row, ReadOnlySpan<float> vector)
    {
        var place = rows[row];
        vector.CopyTo(place);
        place[dimension..].Clear();
        var length = VectorLength.Of(vector);
        scales[row] = length == 0 ? 0 : VectorLength.IsOrdinary(length) ? (float)(1 / length) : float.NaN;
        rounded?.Write(row, vector, scales[row]);
    }

    /// <summary>Keeps rounded copies of the rows too, in this room, or no longer.</summary>
    public void Round(AlignedRows<byte>? codes)
    {
        rounded = codes is null ? null : new RoundedRows(codes, Capacity);
        for (var row = 0; rounded is not null && row < Count; row++)
        {
            rounded.Write(row, Vector(row), scales[row]);
        }
    }

    /// <summary>Puts the last row of a chunk, which may be this one, into the place of a row.</summary>
    public void MoveLastInto(VectorChunk other, int row)
    {
        var last = Count - 1;
        if (other != this || row != last)
        {
            rows[last].CopyTo(other.rows[row]);
            other.scales[row] = scales[last];
            other.PutId(row, IdOf(last));
            rounded?.CopyTo(other.rounded!, last, row);
        }

        PutId(last, default);
        Count = last;
    }

    /// <summary>The same rows with room for more.</summary>
    public VectorChunk Grow(int newCapacity, AlignedRows<float> newRows)
    {
        var grown = new VectorChunk(dimension, newCapacity, newRows) { Count = Count };
        for (var row = 0; row < Count; row++)
        {
            rows[row].CopyTo(newRows[row]);
            grown.PutId(row, IdOf(row));
        }

        scales.AsSpan(0, Count).CopyTo(grown.scales);
        return grown;
    }

    /// <summary>Compares every row with a normalised question; there is room for so many scores as there are rows.</summary>
    public void Score(ReadOnlySpan<float> question, Span<float> scores) => Score(question, 0, scores[..Count]);

    /// <summary>Compares one row with a normalised question.</summary>
    public void Search(ReadOnlySpan<float> question, int row, TopK best)
    {
        var score = 0f;
        Score(question, row, new Span<float>(ref score));
        Offer(row, score, question, best);
    }

    /// <summary>Takes a row with the score it got into account; one that is no number is worked out here.</summary>
    public void Offer(int row, float score, ReadOnlySpan<float> question, TopK best) =>
        best.Offer(IdOf(row), Math.Clamp(float.IsNaN(score) ? ExactCosine(question, row) : score, -1, 1));

    /// <summary>Compares the rounded copy of every row with a rounded question, whose numbers have this sum.</summary>
    public void SearchRounded(ReadOnlySpan<sbyte> question, int sum, int firstNumber, Candidates candidates) =>
        rounded!.Search(question, sum, Count, firstNumber, candidates);

    private void PutId(int row, in VectorId id)
    {
        uuids[row] = id.Uuid;
        MakeRoomFor(id);
        if (texts is not null)
        {
            texts[row] = id.Text;
        }
    }

    private void Score(ReadOnlySpan<float> question, int first, Span<float> scores)
    {
        DotProduct.OfRows(question, rows[first, scores.Length], scores);
        ScoreScan.Scale(scores, scales.AsSpan(first, scores.Length));
    }

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
