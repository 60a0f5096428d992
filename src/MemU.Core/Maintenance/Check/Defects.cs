namespace MemU.Maintenance;

/// <summary>Gathers defects of one kind each with a count and the first few ids, so that a report stays short however much is wrong.</summary>
internal sealed class Defects(MemoryScope scope)
{
    private const int MostNamed = 3;
    private readonly Dictionary<string, Kind> kinds = [];

    /// <summary>Counts a defect.</summary>
    /// <param name="severity">How bad.</param>
    /// <param name="code">The finding's code.</param>
    /// <param name="what">What is wrong, as it goes on after the number: <c>items have no vector</c>. Defects of one code and text are one finding.</param>
    /// <param name="remedy">How to mend it.</param>
    /// <param name="id">Which; never a user's words.</param>
    /// <param name="count">How many.</param>
    public void Add(FindingSeverity severity, string code, string what, string remedy, string? id = null, long count = 1)
    {
        var key = $"{code}\n{what}";
        if (!kinds.TryGetValue(key, out var kind))
        {
            kinds[key] = kind = new Kind(severity, code, what, remedy);
        }

        kind.Count += count;
        if (id is not null && kind.Ids.Count < MostNamed)
        {
            kind.Ids.Add(id);
        }
    }

    /// <summary>One finding a kind.</summary>
    public IEnumerable<Finding> Findings => kinds.Values.Select(k => new Finding(
        k.Severity,
        k.Code,
        $"In the space of {scope}: {k.Count} {k.What}{(k.Ids.Count == 0 ? "" : $" ({string.Join(", ", k.Ids)}{(k.Count > k.Ids.Count ? ", …" : "")})")}.",
        k.Remedy));

    private sealed class Kind(FindingSeverity severity, string code, string what, string remedy)
    {
        public FindingSeverity Severity { get; } = severity;

        public string Code { get; } = code;

        public string What { get; } = what;

        public string Remedy { get; } = remedy;

        public long Count { get; set; }

        public List<string> Ids { get; } = [];
    }
}
