using System.Text.RegularExpressions;

namespace MemU.Tests.Architecture;

public sealed partial class FolderArrowTests
{
    [Fact]
    public void Every_folder_of_the_core_knows_only_the_folders_below_it() => Rule.HasNoBreach(Breaches("MemU.Core", FolderArrows.Core));

    [Fact]
    public void Every_folder_of_the_drivers_knows_only_the_folders_below_it() => Rule.HasNoBreach(Breaches("MemU", FolderArrows.MemU));

    [Fact]
    public void Nothing_below_the_entry_knows_the_entry()
    {
        var core = SourceFile.In("src/MemU.Core");
        string[] entry = [.. core.Where(f => f.Folder.Length == 0).SelectMany(f => f.Types).Select(t => t.Name)];
        Assert.Contains("MemorySpace", entry);
        var pattern = new Regex($@"\b({string.Join('|', entry)})\b");
        Rule.HasNoBreach(core.Where(f => f.Folder.Length > 0 && pattern.IsMatch(f.Code)));
    }

    [Fact]
    public void A_namespace_says_where_its_file_is()
    {
        string[] atTheTop = ["MemU.Core/Model", "MemU/Composition"];
        Rule.HasNoBreach(SourceFile.In("src").Where(f => f.Types.Count > 0).Where(f =>
        {
            var project = f.Project == "MemU.Core" ? "MemU" : f.Project;
            var folder = atTheTop.Contains($"{f.Project}/{f.Folder.Split('/')[0]}") ? "" : f.Folder;
            // A folder may be divided into subfolders without dividing its namespace.
            var parts = folder.Split('/', StringSplitOptions.RemoveEmptyEntries);
            return !Enumerable.Range(Math.Min(1, parts.Length), parts.Length + 1)
                .Select(n => string.Join('.', [project, .. parts.Take(n)]))
                .Contains(f.Namespace);
        }).Select(f => $"{f}: {f.Namespace}"));
    }

    [Fact]
    public void No_file_imports_our_namespaces_for_the_whole_project() =>
        Rule.HasNoBreach(SourceFile.In("src").Where(f => GlobalUsingPattern().IsMatch(f.Code)));

    private static List<string> Breaches(string project, IReadOnlyDictionary<string, string[]> table)
    {
        var files = SourceFile.In($"src/{project}");
        Assert.NotEmpty(files);
        var places = files.ToLookup(f => FolderArrows.Place(table, f.Folder));
        List<string> breaches = [.. places[null].Select(f => $"{f}: its folder has no place in {nameof(FolderArrows)}")];
        foreach (var place in places.Where(p => p.Key is not null))
        {
            string[] allowed = [.. table[place.Key!], place.Key!];
            var others = places.Where(p => p.Key is not null && !allowed.Contains(p.Key) && p.Key is not ("" or "Model")).ToList();
            breaches.AddRange(
                from file in place
                from other in others
                where Knows(file, other)
                select $"{file} knows {other.Key}");
        }

        return breaches;
    }

    /// <summary>Whether a file names a type of the folder: through an import or by a (partly) qualified name.</summary>
    private static bool Knows(SourceFile file, IEnumerable<SourceFile> folder) =>
        folder.Where(f => f.Namespace != file.Namespace && f.Namespace != "MemU").ToLookup(f => f.Namespace).Any(space =>
        {
            var names = string.Join('|', space.SelectMany(f => f.Types).Where(t => !t.IsNested).Select(t => t.Name).Distinct());
            var tail = space.Key.StartsWith("MemU.", StringComparison.Ordinal) ? space.Key["MemU.".Length..] : space.Key;
            return names.Length > 0 &&
                ((file.Usings.Contains(space.Key) && Regex.IsMatch(file.Code, $@"(?<![\w.])({names})\b")) ||
                    Regex.IsMatch(file.Code, $@"(?<![\w.])(MemU\.)?{Regex.Escape(tail)}\.({names})\b"));
        });

    [GeneratedRegex(@"^global\s+using", RegexOptions.Multiline)]
    private static partial Regex GlobalUsingPattern();
}
