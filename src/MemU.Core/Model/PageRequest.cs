namespace MemU;

/// <summary>Which page of a list: keyset paging, so pages stay right while rows come and go.</summary>
public sealed record PageRequest
{
    /// <summary>The largest page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Rows in the page, 1 to <see cref="MaxLimit"/>; 50 when not given.</summary>
    public int Limit
    {
        get;
        init => field = value is >= 1 and <= MaxLimit
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Limit), value, $"The limit is 1 to {MaxLimit}.");
    } = 50;

    /// <summary>The <see cref="Page{T}.NextCursor"/> of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The first page with the default limit.</summary>
    public static PageRequest First { get; } = new();
}
