using System.Diagnostics.CodeAnalysis;

namespace MemU.Vectors;

/// <summary>
/// The vectors of one collection of one space, in memory and one after the other. Search is by cosine over rows of the question's dimension and
/// model; others are counted as skipped. Thread-safe: questions run at once, a writer waits for them and they for it, and each sees whole changes only.
/// </summary>
/// <remarks>The caller has checked what it passes by <see cref="VectorRules"/>.</remarks>
internal sealed class SpaceVectors(VectorSearchMode mode = VectorSearchMode.Auto)
{
    // An entry of the dictionary and the header of a string.
    private const int BytesOfId = 64;

    private readonly ReaderWriterLockSlim access = new();
    private readonly Dictionary<string, (VectorGroup Group, int Row)> places = new(StringComparer.Ordinal);
    private readonly List<VectorGroup> groups = [];
    private long bytesOfIds;

    /// <summary>How many vectors there are.</summary>
    public int Count => Read(static v => v.places.Count);

    /// <summary>About how much memory they take.</summary>
    public long Bytes => Read(static v => v.bytesOfIds + v.groups.Sum(g => g.Bytes));

    /// <summary>Inserts or replaces one vector.</summary>
    public void Upsert(string id, ReadOnlySpan<float> vector, string? model)
    {
        access.EnterWriteLock();
        try
        {
            Put(id, vector, model);
        }
        finally
        {
            access.ExitWriteLock();
        }
    }

    /// <summary>Inserts or replaces vectors of one dimension that lie one after the other.</summary>
    public void Upsert(IReadOnlyList<string> ids, ReadOnlySpan<float> vectors, string? model)
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
            return Drop(id);
        }
        finally
        {
            access.ExitWriteLock();
        }
    }

    /// <summary>Removes, then inserts or replaces; no question sees a part of it. The records' collection is not looked at.</summary>
    public void Apply(IEnumerable<string> removed, IEnumerable<VectorRecord> upserted)
    {
        access.EnterWriteLock();
        try
        {
            foreach (var id in removed)
            {
                Drop(id);
            }

            foreach (var record in upserted)
            {
                Put(record.Id, record.Vector.Span, record.Model);
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
            places.Clear();
            groups.Clear();
            bytesOfIds = 0;
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
            vector = places.TryGetValue(id, out var place) ? place.Group.Vector(place.Row).ToArray() : null;
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

            return new VectorHits(question.Best.TakeAll(), skipped);
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

    private void Put(string id, ReadOnlySpan<float> vector, string? model)
    {
        if (places.TryGetValue(id, out var place))
        {
            if (place.Group.Dimension == vector.Length && place.Group.Model == model)
            {
                place.Group.Write(place.Row, vector);
                return;
            }

            Drop(id);
        }

        var group = GroupOf(vector.Length, model);
        places.Add(id, (group, group.Add(id, vector)));
        bytesOfIds += BytesOfId + ((long)id.Length * sizeof(char));
    }

    private bool Drop(string id)
    {
        if (!places.Remove(id, out var place))
        {
            return false;
        }

        if (place.Group.Remove(place.Row) is { } moved)
        {
            places[moved] = place;
        }

        if (place.Group.Count == 0)
        {
            groups.Remove(place.Group);
        }

        bytesOfIds -= BytesOfId + ((long)id.Length * sizeof(char));
        return true;
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

        groups.Add(new VectorGroup(dimension, model, mode));
        return groups[^1];
    }
}
