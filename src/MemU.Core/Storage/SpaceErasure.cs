namespace MemU.Storage;

/// <summary>How many rows erasing a space removed from the metadata store.</summary>
public sealed record SpaceErasure
{
    /// <summary>Sources.</summary>
    public long Resources { get; init; }

    /// <summary>Verbatim passages.</summary>
    public long Passages { get; init; }

    /// <summary>Memories.</summary>
    public long Items { get; init; }

    /// <summary>Category pages.</summary>
    public long Categories { get; init; }

    /// <summary>Links between items and categories.</summary>
    public long Links { get; init; }

    /// <summary>Former wordings of items.</summary>
    public long History { get; init; }

    /// <summary>Vectors that the store held itself: its own, and those it owed to another index.</summary>
    public long Vectors { get; init; }

    internal SpaceErasure Plus(SpaceErasure more) => new()
    {
        Resources = Resources + more.Resources,
        Passages = Passages + more.Passages,
        Items = Items + more.Items,
        Categories = Categories + more.Categories,
        Links = Links + more.Links,
        History = History + more.History,
        Vectors = Vectors + more.Vectors,
    };
}
