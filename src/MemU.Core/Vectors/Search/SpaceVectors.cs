using System.Diagnostics.CodeAnalysis;

namespace MemU.Vectors;

/// <summary>
/// The vectors of one collection of one space, in memory and one after the other. Search is by cosine over rows of the question's dimension and
/// model; others are counted as skipped. Thread-safe: questions run at once, a writer waits for them and they for it, and each sees whole changes only.
/// </summary>
/// <remarks>The caller has checked what it passes by <see cref="VectorRules"/>.</remarks>
/// <param name="mode">How to search.</param>
/// <param name="threads">How many threads may search for one question.</param>
internal sealed class SpaceVectors(VectorSearchMode mode = VectorSearchMode.Auto, int threads = 1)
{
    // Fewer hardly need an array of their own.
    private const int ManyAtOnce = 1_000;

    private readonly ReaderWriterLockSlim access = new();
    private readonly List<VectorGroup> groups = [];

    /// <summary>How many vectors there are.</summary>
    public int Count => Read(static v => v.groups.Sum(g => g.Count));

    /// <summary>About how much memory they take.</summary>
    public long Bytes => Read(static v => v.groups.Sum(g => g.Bytes));

    /// <summary>There will be about so many vectors of a dimension and model, all in all.</summary>
    public void Expect(int count, int dimension, string? model)
    {
        access.EnterWriteLock();
        try
        {
            GroupOf(dimension, model).Expect(count);
        }
        finally
        {
            access.ExitWriteLock();
        }
    }

    /// <summary>Inserts or replaces one vector.</summary>
    public void Upsert(string id, ReadOnlySpan<float> vector, string? model)
    {
        access.EnterWriteLock();
        try
        {
            Put(new VectorId(id), vector, model);
        }
        finally
        {
            access.ExitWriteLock();
        }
    }

    /// <summary>Inserts or replaces vectors of one dimension that lie one after the other.</summary>
    public void Upsert(IReadOnlyList<VectorId> ids, ReadOnlySpan<float> vectors, string? model)
    {
        access.EnterWriteLock();
        try
        {
            var dimension = vectors.Length / Math.Max(1, ids.Count);
            for (var i = 0; i < ids.Count; i++)
            {
                Put(ids[i], vectors.Slice(i * dimension, dimension), model);
            }
        }
        finally
        {
            access.ExitWriteLock();
        }
    }

    /// <summary>Removes one vector; false when there is none.</summary>
    public bool Remove(string id)
    {
        access.EnterWriteLock();
        try
        {
            return Drop(new VectorId(id));
        }
        finally
        {
            access.ExitWriteLock();
        }
    }

    /// <summary>Removes, then inserts or replaces; no question sees a part of it. The records' collection is not looked at.</summary>
    public void Apply(IEnumerable<string> removed, IReadOnlyCollection<VectorRecord> upserted)
    {
        access.EnterWriteLock();
        try
        {
            foreach (var id in removed)
            {
                Drop(new VectorId(id));
            }

            if (upserted.Count >= ManyAtOnce)
            {
                foreach (var ((dimension, model), count) in upserted.CountBy(r => (r.Vector.Length, r.Model)))
                {
                    var group = GroupOf(dimension, model);
                    group.Expect(group.Count + count);
                }
            }

            foreach (var record in upserted)
            {
                Put(new VectorId(record.Id), record.Vector.Span, record.Model);
            }
        }
        finally
        {
            access.ExitWriteLock();
        }
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        access.EnterWriteLock();
        try
        {
            groups.Clear();
        }
        finally
        {
            access.ExitWriteLock();
        }
    }

    /// <summary>A copy of one vector, to the bit as it was given.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out float[]? vector)
    {
        access.EnterReadLock();
        try
        {
            vector = TryFind(new VectorId(id), out var group, out var row) ? group.Vector(row).ToArray() : null;
            return vector is not null;
        }
        finally
        {
            access.ExitReadLock();
        }
    }

    /// <summary>The nearest entries; allocates the answer only.</summary>
    /// <exception cref="ArgumentException">The question cannot be answered.</exception>
    public VectorHits Query(VectorQuery query)
    {
        VectorRules.Check(query);
        var question = SearchScratch.Take(query.Vector.Span, query.TopK);
        access.EnterReadLock();
        try
        {
            var skipped = 0;
            foreach (var group in groups)
            {
                if (group.Answers(query.Vector.Length, query.Model))
                {
                    group.Search(question);
                }
                else
                {
                    skipped += group.Count;
                }
            }

            return new VectorHits(question.Room.Best.TakeAll(), skipped);
        }
        finally
        {
            access.ExitReadLock();
            question.Keep();
        }
    }

    private T Read<T>(Func<SpaceVectors, T> read)
    {
        access.EnterReadLock();
        try
        {
            return read(this);
        }
        finally
        {
            access.ExitReadLock();
        }
    }

    private void Put(in VectorId id, ReadOnlySpan<float> vector, string? model)
    {
        if (TryFind(id, out var former, out var row))
        {
            if (former.Dimension == vector.Length && former.Model == model)
            {
                former.Write(row, vector);
                return;
            }

            Remove(former, row);
        }

        GroupOf(vector.Length, model).Add(id, vector);
    }

    private bool Drop(in VectorId id)
    {
        if (!TryFind(id, out var group, out var row))
        {
            return false;
        }

        Remove(group, row);
        return true;
    }

    private void Remove(VectorGroup group, int row)
    {
        group.Remove(row);
        if (group.Count == 0)
        {
            groups.Remove(group);
        }
    }

    private bool TryFind(in VectorId id, [NotNullWhen(true)] out VectorGroup? found, out int row)
    {
        foreach (var group in groups)
        {
            row = group.Find(id);
            if (row >= 0)
            {
                found = group;
                return true;
            }
        }

        (found, row) = (null, -1);
        return false;
    }

    private VectorGroup GroupOf(int dimension, string? model)
    {
        // A space has one or two: its model's, and while that changes the former one's.
        foreach (var group in groups)
        {
            if (group.Dimension == dimension && group.Model == model)
            {
                return group;
            }
        }

        groups.Add(new VectorGroup(dimension, model, mode, threads));
        return groups[^1];
    }
}
