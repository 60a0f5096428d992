namespace MemU;

/// <summary>Something that was to be changed does not exist in this space.</summary>
public sealed class MemoryNotFoundException(string kind, string id)
    : MemUException($"There is no {kind} with id '{id}' in this space. List the space's {(kind.EndsWith('y') ? kind[..^1] + "ies" : kind + "s")} to see the ids.")
{
    /// <summary><c>resource</c>, <c>item</c>, <c>category</c> or <c>passage</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The id that was asked for.</summary>
    public string Id { get; } = id;
}
