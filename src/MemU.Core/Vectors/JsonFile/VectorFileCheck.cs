namespace MemU.Vectors;

/// <summary>Looks at the content of a vector file by itself.</summary>
internal static class VectorFileCheck
{
    private const string Reindex = "Run `memu reindex`.";

    public static IEnumerable<Finding> Run(VectorFileContent content)
    {
        var entries = content.Collections.SelectMany(c => c.Entries.Values.Select(e => (c.Collection, Entry: e))).ToList();
        var spaces = entries.Select(e => e.Entry.Scope).OfType<MemoryScope>().Distinct().Count();
        yield return new Finding(FindingSeverity.Info, "vectors", $"{entries.Count} vectors of {spaces} spaces.", "Nothing to do.");

        var nowhere = entries.Count(e => e.Entry.Scope is null);
        if (nowhere > 0)
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "impossible-space",
                $"{nowhere} vectors have an id, user, agent or tenant that is blank, too long or no proper text. They are kept and never used.",
                "Give them proper ids in the file, or leave them.");
        }

        foreach (var space in entries.Where(e => e.Entry.Scope is not null).GroupBy(e => (e.Entry.Scope, e.Collection)))
        {
            var dimensions = space.Select(e => e.Entry.Vector.Length).Distinct().Order().ToList();
            if (dimensions.Count > 1)
            {
                yield return new Finding(
                    FindingSeverity.Warning,
                    "mixed-dimensions",
                    $"The vectors in {space.Key.Collection} of {space.Key.Scope} have {string.Join(", ", dimensions)} dimensions. A question reaches only those of its own.",
                    Reindex);
            }

            if (dimensions[0] == 0)
            {
                yield return new Finding(
                    FindingSeverity.Warning,
                    "empty-vector",
                    $"{space.Count(e => e.Entry.Vector.Length == 0)} vectors in {space.Key.Collection} of {space.Key.Scope} are empty.",
                    Reindex);
            }
        }
    }
}
