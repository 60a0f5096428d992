namespace MemU.Cli.Verbs;

/// <summary>What a list is narrowed to.</summary>
internal sealed record ListFilter(string? Category, string? Type, string? Resource, string? Item)
{
    /// <summary>Refuses filters that this list does not know: a filter without effect would look like an answer.</summary>
    public ListFilter Only(string kind, params string[] known)
    {
        var given = new (string Option, string? Value)[] { ("--category", Category), ("--type", Type), ("--resource", Resource), ("--item", Item) };
        var foreign = given.FirstOrDefault(g => g.Value is not null && !known.Contains(g.Option)).Option;
        return foreign is null
            ? this
            : throw new ArgumentException($"{foreign} does not narrow a list of {kind}. {(known.Length == 0 ? "Leave it out." : $"Use {string.Join(", ", known)}.")}");
    }
}
