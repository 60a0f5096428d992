using MemU.Contracts;

namespace MemU.Maintenance;

/// <summary>Counts what an import does and puts it into words.</summary>
internal sealed class ImportTally
{
    private const int MostNamed = 5;
    private readonly Dictionary<string, long> added = [];
    private readonly Dictionary<string, long> unknownTypes = [];
    private readonly SortedSet<string> otherModels = new(StringComparer.Ordinal);
    private long unchanged;
    private long dangling;
    private bool indexPending;

    /// <summary>Resources whose url the space knows with other content: they stay as they are.</summary>
    public HashSet<string> Conflicting { get; } = new(StringComparer.Ordinal);

    public void Add(ImportStep step)
    {
        foreach (var (type, count) in step.Added)
        {
            added[type] = added.GetValueOrDefault(type) + count;
        }

        unchanged += step.Unchanged;
        dangling += step.Dangling;
    }

    public void IndexIsPending() => indexPending = true;

    public void UnknownType(string type, long count) => unknownTypes[type] = unknownTypes.GetValueOrDefault(type) + count;

    public void OtherModel(string model) => otherModels.Add(model);

    public TransferReport Report(ExportHeaderJson header, string model)
    {
        List<string> warnings = [];
        if (Conflicting.Count > 0)
        {
            warnings.Add(
                $"{Conflicting.Count} source(s) are known here under the same url with other content and were kept as they are; what the file holds for them was left out. "
                + $"To take the file's state, delete them first: {string.Join(", ", Conflicting.Take(MostNamed))}{(Conflicting.Count > MostNamed ? ", …" : "")}.");
        }

        if (dangling > 0)
        {
            warnings.Add($"{dangling} record(s) refer to something that is neither in the file nor in the space and were left out. The space was probably written to while it was exported.");
        }

        foreach (var (type, count) in unknownTypes.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            warnings.Add($"{count} record(s) of the unknown type '{type}' were left out.");
        }

        if (!header.Content)
        {
            warnings.Add("The file was exported without the bytes of the sources: passages and items are there, the sources themselves cannot be opened.");
        }

        if (otherModels.Count > 0)
        {
            warnings.Add($"Vectors in the file come from {string.Join(", ", otherModels.Select(m => $"'{m}'"))}; this host embeds with '{model}'. Run `memu reindex` to embed anew.");
        }

        if (indexPending)
        {
            warnings.Add("The vector index could not be written; the vectors stay recorded and are delivered at the next use or by `memu reindex`.");
        }

        return new TransferReport { Records = added, Unchanged = unchanged, Warnings = warnings };
    }
}
