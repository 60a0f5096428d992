namespace MemU.Storage;

/// <summary>The place of a passage in a list: by resource and position.</summary>
internal readonly record struct PassageKey(string ResourceId, int Position, string Id) : IComparable<PassageKey>
{
    public PassageKey(Passage passage)
        : this(passage.ResourceId, passage.Position, passage.Id)
    {
    }

    public int CompareTo(PassageKey other)
    {
        var byResource = string.CompareOrdinal(ResourceId, other.ResourceId);
        var byPosition = Position.CompareTo(other.Position);
        return byResource != 0 ? byResource : byPosition != 0 ? byPosition : string.CompareOrdinal(Id, other.Id);
    }
}
