namespace MemU.Vectors;

/// <summary>Looks at the content of a vector file by itself.</summary>
internal static class VectorFileCheck
{
    private const string Reindex = "Run `memu reindex`.";

    public static IEnumerable<Finding> Run(IReadOnlyList<SpaceContent> content, int changes)
    {
        var spaces = content.Where(c => c.Scope is not null && c.Dimensions.Count > 0).ToList();
        yield return new Finding(
            FindingSeverity.Info,
            "vectors",
            $"{content.Sum(c => c.Dimensions.Count)} vectors of {spaces.Select(c => c.Scope).Distinct().Count()} spaces."
                + (changes == 0 ? "" : $" {changes} changes are in the journal, until somebody who writes ends properly."),
            "Nothing to do.");

        var nowhere = content.Where(c => c.Scope is null).Sum(c => c.Dimensions.Count);
        if (nowhere > 0)
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "impossible-space",
                $"{nowhere} vectors have an id, user, agent or tenant that is blank, too long or no proper text. They are kept and never used.",
                "Give them proper ids in the file, or leave them.");
        }

        foreach (var space in spaces)
        {
            var dimensions = space.Dimensions.Distinct().Order().ToList();
            if (dimensions.Count > 1)
            {
                yield return new Finding(
                    FindingSeverity.Warning,
                    "mixed-dimensions",
                    $"The vectors in {space.Collection} of {space.Scope} have {string.Join(", ", dimensions)} dimensions. A question reaches only those of its own.",
                    Reindex);
            }

            if (dimensions[0] == 0)
            {
                yield return new Finding(
                    FindingSeverity.Warning,
                    "empty-vector",
                    $"{space.Dimensions.Count(d => d == 0)} vectors in {space.Collection} of {space.Scope} are empty.",
                    Reindex);
            }
        }
    }

    /// <summary>What is odd about the files, though nothing is lost.</summary>
    public static IEnumerable<Finding> OfFiles(VectorFileState state, VectorPaths paths)
    {
        if (state.IsForeign)
        {
            yield return new Finding(
                FindingSeverity.Warning,
                "vectors-changed-below-journal",
                $"'{paths.Snapshot}' was changed by a program that does not know '{paths.Journal}'. What the journal holds stays in force over it.",
                "Let other programs change the file only when nothing of this one runs. Run `memu reindex` if vectors are missing.");
        }

        if (state.TornBytes > 0)
        {
            yield return new Finding(
                FindingSeverity.Info,
                "torn-journal",
                $"The last {state.TornBytes} bytes of '{paths.Journal}' are no whole record: it is being written, or its writer died before anybody was told that it was stored, or it was damaged since.",
                "The next write cuts them off. If vectors are reported missing besides, run `memu reindex --all-spaces`.");
        }

        foreach (var left in (File.Exists(paths.Temporary) ? new[] { paths.Temporary } : []).Concat(paths.TemporarySidecars()))
        {
            yield return new Finding(
                FindingSeverity.Info, "leftover-temporary", $"'{left}' is being written, or was left by a process that died.", "Nothing to do: the next write takes it over.");
        }
    }
}
