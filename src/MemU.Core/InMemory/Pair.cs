namespace MemU.InMemory;

/// <summary>An entry of an index: what is looked up and what it leads to, ordered ordinally.</summary>
internal readonly record struct Pair(string From, string To) : IComparable<Pair>
{
    public int CompareTo(Pair other)
    {
        var byFrom = string.CompareOrdinal(From, other.From);
        return byFrom != 0 ? byFrom : string.CompareOrdinal(To, other.To);
    }
}
