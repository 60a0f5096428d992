using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemU.Vectors;

/// <summary>The rows of one dimension and model: chunks of a fixed size, all full but the last. Not thread-safe.</summary>
internal sealed class VectorGroup
{
    // Large enough to be read as one stretch, small enough that a space does not pay for what it does not use.
    private const int BytesOfChunk = 256 * 1024;
    private const int FirstRows = 4;

    // A string without its characters.
    private const int BytesOfString = 24;

    // From so many rows on a first pass over rounded copies pays for its memory; well below, they are given up again.
    private const int RowsToRound = 5_000;
    private const int RowsToExact = 4_000;

    // The products of longer rows could overflow an integer.
    private const int MostToRound = 1 << 16;

    // Where the first pass leaves more than this part of the rows, rounding cannot tell them apart, and comparing all of them costs about as much: thousands of
    // texts may be nearly or quite the same.
    private const int PartToExact = 4;

    // What is larger is hardly in the cache still when the next question comes, and from memory reading towards the beginning costs a twelfth more.
    private const long BytesToGoBack = 8 << 20;

    // Less is read before another thread has begun; what is shared goes in stretches of about a megabyte, so that all end together.
    private const long BytesToShare = 4 << 20;
    private const int MostChunksOfStretch = 16;

    // By so many standard deviations of the rounding two rows may have changed places: one pair in some ten million does by more.
    private const int Deviations = 8;

    private readonly List<VectorChunk> chunks = [];
    private readonly VectorSearchMode mode;
    private readonly int threads;
    private readonly int rowsOfChunk;
    private readonly RowSupply<float> rows;
    private readonly RowSupply<byte> codes;
    private readonly RowsById rowsById;
    private long bytesOfTexts;
    private int expected;
    private bool rounds;
    private bool wentBack;

    public VectorGroup(int dimension, string? model, VectorSearchMode mode, int threads = 1, Func<int, int[]>? newTable = null)
    {
        (Dimension, Model, this.mode, this.threads) = (dimension, model, mode, threads);

        // A file of somebody else may hold vectors without numbers, too: no question reaches them, but they are counted.
        rowsOfChunk = Math.Max(1, BytesOfChunk / (Math.Max(DotProduct.Step, VectorChunk.StrideOf(dimension)) * sizeof(float)));
        rows = new RowSupply<float>(VectorChunk.StrideOf(dimension), rowsOfChunk);
        codes = new RowSupply<byte>(RoundedRows.StrideOf(dimension), rowsOfChunk);
        rowsById = new RowsById(chunks, rowsOfChunk, newTable);
        rounds = mode == VectorSearchMode.Quantised && dimension <= MostToRound;
    }

    public int Dimension { get; }

    public string? Model { get; }

    public int Count => chunks.Count == 0 ? 0 : ((chunks.Count - 1) * rowsOfChunk) + chunks[^1].Count;

    public long Bytes => chunks.Sum(c => c.Bytes) + rowsById.Bytes + bytesOfTexts;

    /// <summary>True when a question of this dimension and model can be compared with these rows.</summary>
    public bool Answers(int questionDimension, string? questionModel) =>
        questionDimension == Dimension && (questionModel is null || Model is null || questionModel == Model);

    public ReadOnlySpan<float> Vector(int row) => chunks[row / rowsOfChunk].Vector(row % rowsOfChunk);

    /// <summary>There will be about so many rows: memory is taken for these.</summary>
    public void Expect(int count)
    {
        expected = count;
        rowsById.Expect(count);
        var expectedChunks = (count + rowsOfChunk - 1) / rowsOfChunk;
        rows.Expect(expectedChunks);
        codes.Expect(expectedChunks);
    }

    /// <summary>The row of an id; −1 when there is none.</summary>
    public int Find(in VectorId id) => rowsById.Find(id);

    /// <summary>Adds a row, whose id has none yet. Where memory is not to be had nothing is added.</summary>
    public void Add(in VectorId id, ReadOnlySpan<float> vector)
    {
        rowsById.MakeRoom();
        Round(rounds || (mode == VectorSearchMode.Auto && Count + 1 >= RowsToRound && Dimension <= MostToRound));
        if (chunks.Count == 0)
        {
            AddChunk(Math.Min(Math.Max(FirstRows, expected), rowsOfChunk));
        }
        else if (chunks[^1].Count == chunks[^1].Capacity)
        {
            // Only the first chunk ever grows: it is copied a few times while the space is small, and nothing is afterwards.
            if (chunks[^1].Capacity < rowsOfChunk)
            {
                var capacity = Math.Min(rowsOfChunk, chunks[^1].Capacity * 2);
                var grown = chunks[^1].Grow(capacity, rows.Next(0, capacity));
                grown.Round(rounds ? codes.Next(0, capacity) : null);
                chunks[^1] = grown;
            }
            else
            {
                AddChunk(rowsOfChunk);
            }
        }

        chunks[^1].Add(id, vector);
        rowsById.Add(Count - 1);
        bytesOfTexts += BytesOf(id);
    }

    public void Write(int row, ReadOnlySpan<float> vector) => chunks[row / rowsOfChunk].Write(row % rowsOfChunk, vector);

    /// <summary>Removes a row by putting the last one in its place. Where memory is not to be had it is removed, or all is as before.</summary>
    public void Remove(int row)
    {
        // Made for a row that then could not be added.
        DropLastIfEmpty();
        var last = Count - 1;
        chunks[row / rowsOfChunk].MakeRoomFor(chunks[^1].IdOf(last % rowsOfChunk));
        bytesOfTexts -= BytesOf(chunks[row / rowsOfChunk].IdOf(row % rowsOfChunk));
        rowsById.Remove(row);
        if (row != last)
        {
            rowsById.Move(last, row);
        }

        chunks[^1].MoveLastInto(chunks[row / rowsOfChunk], row % rowsOfChunk);
        DropLastIfEmpty();
        Round(rounds && (mode == VectorSearchMode.Quantised || Count > RowsToExact));
        rowsById.Shrink();
    }

    /// <summary>
    /// Compares the rows with a question. Where they may be in the cache still, every other one goes through them from the end: what was read last is there most surely.
    /// </summary>
    public void Search(SearchScratch question)
    {
        // Questions at once may go the same way, which costs nothing else.
        var back = wentBack = !wentBack;
        if (rounds && question.TopK < Count / PartToExact && SearchRounded(question, back && (long)Count * RoundedRows.StrideOf(Dimension) <= BytesToGoBack))
        {
            return;
        }

        var bytes = (long)Count * VectorChunk.StrideOf(Dimension) * sizeof(float);
        if (threads > 1 && bytes >= BytesToShare)
        {
            Share(question, inRounded: false);
            return;
        }

        back &= bytes <= BytesToGoBack;
        var size = ScoreScan.Most / rowsOfChunk;
        var stretches = (chunks.Count + size - 1) / size;
        for (var i = 0; i < stretches; i++)
        {
            var first = (back ? stretches - 1 - i : i) * size;
            Search(question, question.Room, Some(first, size), back);
        }
    }

    /// <summary>Makes the room of another thread ready for a share in a search.</summary>
    public void Prepare(SearchScratch question, ScanRoom room, bool inRounded)
    {
        room.Best.Clear(question.TopK);
        if (inRounded)
        {
            Prepare(question, room.Candidates);
        }
    }

    /// <summary>Compares one of the stretches that are searched by several threads with a question.</summary>
    public void SearchStretch(SearchScratch question, ScanRoom room, bool inRounded, int stretch)
    {
        var size = ChunksOfStretch(inRounded);
        if (!inRounded)
        {
            Search(question, room, Some(stretch * size, size), back: false);
            return;
        }

        var end = Math.Min((stretch + 1) * size, chunks.Count);
        for (var chunk = stretch * size; chunk < end && !room.Candidates.AreTooMany; chunk++)
        {
            chunks[chunk].SearchRounded(question.Rounded, question.RoundedSum, chunk * rowsOfChunk, room.Candidates);
        }
    }

    private static long BytesOf(in VectorId id) => id.Text is { } text ? BytesOfString + ((long)text.Length * sizeof(char)) : 0;

    /// <summary>Compares the rows of some chunks; only when all have their scores, it is looked which count.</summary>
    // Compiled at once: a scan is long, and its first ones must not run as unoptimised code.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Search(SearchScratch question, ScanRoom room, ReadOnlySpan<VectorChunk> some, bool back)
    {
        var normalised = question.Normalised;
        var best = room.Best;
        var scores = room.Scores.AsSpan(0, ((some.Length - 1) * rowsOfChunk) + some[^1].Count);
        for (var i = 0; i < some.Length; i++)
        {
            var chunk = back ? some.Length - 1 - i : i;
            some[chunk].Score(normalised, scores[(chunk * rowsOfChunk)..]);
        }

        var floor = best.Floor;
        if (float.IsNegativeInfinity(floor))
        {
            // What rounding has put beyond 1 or -1 is equal to what is there.
            var bound = ScoreScan.Bound(scores, question.TopK, room.Bound);
            floor = bound > -1 ? Math.Min(bound, 1) : float.NegativeInfinity;
        }

        for (var row = ScoreScan.Next(scores, 0, floor); row < scores.Length; row = ScoreScan.Next(scores, row + 1, floor))
        {
            some[row / rowsOfChunk].Offer(row % rowsOfChunk, scores[row], normalised, best);
            floor = Math.Max(floor, best.Floor);
        }
    }

    /// <summary>Compares those rows with a question that may be among the best for all that their rounded copies say; false when those are too many.</summary>
    private bool SearchRounded(SearchScratch question, bool back)
    {
        question.Round();
        var candidates = question.Room.Candidates;

        // The best of other groups of the space stay.
        Prepare(question, candidates);
        var isShared = threads > 1 && (long)Count * RoundedRows.StrideOf(Dimension) >= BytesToShare;
        if (isShared)
        {
            Share(question, inRounded: true);
        }

        for (var i = 0; i < chunks.Count && !isShared && !candidates.AreTooMany; i++)
        {
            var chunk = back ? chunks.Count - 1 - i : i;
            chunks[chunk].SearchRounded(question.Rounded, question.RoundedSum, chunk * rowsOfChunk, candidates);
        }

        foreach (var row in candidates.Best())
        {
            chunks[row / rowsOfChunk].Search(question.Normalised, row % rowsOfChunk, question.Room.Best);
        }

        return !candidates.AreTooMany;
    }

    private void Prepare(SearchScratch question, Candidates candidates) =>
        candidates.Clear(question.TopK, Count / PartToExact, Margin(question.RoundedStep));

    private void Share(SearchScratch question, bool inRounded)
    {
        var size = ChunksOfStretch(inRounded);
        var stretches = (chunks.Count + size - 1) / size;
        question.Shared.Run(question, this, inRounded, stretches, Math.Min(threads, stretches) - 1);
    }

    private int ChunksOfStretch(bool inRounded) => Math.Max(1, Math.Min(ScoreScan.Most / rowsOfChunk, inRounded ? MostChunksOfStretch : MostChunksOfStretch / sizeof(float)));

    private ReadOnlySpan<VectorChunk> Some(int first, int count) => CollectionsMarshal.AsSpan(chunks)[first..Math.Min(first + count, chunks.Count)];

    /// <summary>By how much a rounded score can be off, in steps of the question.</summary>
    /// <remarks>
    /// Each number is off by up to half a step, evenly, which is 1/√12 of a step on average; weighted with the other side, whose length is 1, the errors of a row
    /// and of the question add up to this much of a cosine (Widrow's model of quantisation).
    /// </remarks>
    private float Margin(float stepOfQuestion)
    {
        var step = 0f;
        foreach (var chunk in CollectionsMarshal.AsSpan(chunks))
        {
            step = Math.Max(step, chunk.GreatestStep);
        }

        return stepOfQuestion == 0 ? float.PositiveInfinity : Deviations * MathF.Sqrt(((step * step) + (stepOfQuestion * stepOfQuestion)) / 12) / stepOfQuestion;
    }

    private void AddChunk(int capacity)
    {
        var chunk = new VectorChunk(Dimension, capacity, rows.Next(chunks.Count, capacity));
        chunk.Round(rounds ? codes.Next(chunks.Count, capacity) : null);
        chunks.Add(chunk);
    }

    private void DropLastIfEmpty()
    {
        if (chunks[^1].Count > 0)
        {
            return;
        }

        chunks.RemoveAt(chunks.Count - 1);
        rows.TakeBack(chunks.Count);
        if (rounds)
        {
            codes.TakeBack(chunks.Count);
        }
    }

    private void Round(bool wanted)
    {
        if (wanted == rounds)
        {
            return;
        }

        codes.Forget();
        for (var i = 0; i < chunks.Count; i++)
        {
            chunks[i].Round(wanted ? codes.Next(i, chunks[i].Capacity) : null);
        }

        // Not before all chunks have their copies.
        rounds = wanted;
    }
}
