namespace MemU.Vectors;

/// <summary>What every store and index refuses, so that a record that one of them takes can be delivered to any other.</summary>
internal static class VectorRules
{
    /// <exception cref="ArgumentException">The record names no known collection, has no id, or its vector is empty or not finite.</exception>
    public static void Check(VectorRecord record)
    {
        CheckCollection(record.Collection);
        CheckId(record.Collection, record.Id);
        if (record.Vector.IsEmpty)
        {
            throw new ArgumentException($"The vector of '{record.Id}' in {record.Collection} is empty. Give an embedding of at least one number.");
        }

        if (!VectorLength.IsFinite(record.Vector.Span))
        {
            throw new ArgumentException($"The vector of '{record.Id}' in {record.Collection} holds a number that is not finite. Check the embedding model.");
        }
    }

    /// <exception cref="ArgumentException">Something in the changes could not be stored.</exception>
    public static void Check(VectorChanges changes)
    {
        foreach (var (collection, id) in changes.Removed)
        {
            CheckCollection(collection);
            CheckId(collection, id);
        }

        foreach (var record in changes.Upserted)
        {
            Check(record);
        }
    }

    /// <exception cref="ArgumentException">The question cannot be answered.</exception>
    public static void Check(VectorQuery query)
    {
        CheckCollection(query.Collection);
        if (query.TopK < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.TopK, "Ask for at least one hit.");
        }

        if (query.Vector.IsEmpty || !VectorLength.IsFinite(query.Vector.Span))
        {
            throw new ArgumentException("The vector of the question is empty or not finite. Check the embedding model.", nameof(query));
        }
    }

    /// <exception cref="ArgumentException">The collection is not one of <see cref="VectorCollections.All"/>.</exception>
    public static void CheckCollection(string collection)
    {
        if (!VectorCollections.All.Contains(collection))
        {
            throw new ArgumentException($"Unknown vector collection '{collection}'. Known: {string.Join(", ", VectorCollections.All)}.");
        }
    }

    private static void CheckId(string collection, string id)
    {
        if (string.IsNullOrEmpty(id))
        {
            throw new ArgumentException($"A vector of {collection} has no id. Give the id of the record it stands for.");
        }
    }
}
