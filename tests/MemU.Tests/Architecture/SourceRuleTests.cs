using System.Text.RegularExpressions;

namespace MemU.Tests.Architecture;

public sealed partial class SourceRuleTests
{
    private const int MostLines = 400;

    private static readonly string[] EmptyWords =
        ["Impl", "Impls", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Manager", "Managers", "Base"];

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Rule.HasNoBreach(SourceFile.In("src", "tests", "samples", "bench").Select(f => (File: f, Lines: f.Text.AsSpan().Count('\n'))).Where(f => f.Lines > MostLines));

    [Fact]
    public void A_file_declares_one_type_and_has_its_name()
    {
        var breaches = SourceFile.In("src").Where(f => System.IO.Path.GetFileName(f.Path) is not ("Program.cs" or "AssemblyInfo.cs"))
            .Select(f => (File: f, Types: f.Types.Where(t => !t.IsNested).Select(t => t.Name).Distinct().ToArray()))
            .Where(f => f.Types.Length != 1 || !NameOf(f.File).Equals(f.Types[0], StringComparison.Ordinal))
            .Select(f => $"{f.File}: {string.Join(", ", f.Types)}");
        Rule.HasNoBreach(breaches);
    }

    [Fact]
    public void A_class_is_sealed_static_or_abstract_unless_another_inherits_it()
    {
        var files = SourceFile.In("src");
        var parts = files.SelectMany(f => f.Types.Select(t => (File: f, Type: t))).GroupBy(t => (t.File.Namespace, t.Type.Name));
        var breaches = parts
            .Where(g => g.Any(t => t.Type.Kind is "class" or "record") && g.All(t => t.Type.MayBeInherited))
            .Where(g => !files.Any(f => Regex.IsMatch(f.Code, $@"\b(class|record)\s+\w+[^{{;]*?[:,]\s*{g.Key.Name}\b")))
            .Select(g => $"{g.First().File}: {g.Key.Name}");
        Rule.HasNoBreach(breaches);
    }

    [Fact]
    public void No_name_is_made_of_empty_words()
    {
        var files = SourceFile.In("src");
        var names = files.SelectMany(f => f.Types.Select(t => t.Name)).Concat(files.SelectMany(f => f.Folder.Split('/'))).Distinct();
        Rule.HasNoBreach(names.Where(n => WordPattern().Matches(n).Any(w => EmptyWords.Contains(w.Value))));
    }

    [Fact]
    public void Nothing_is_folded_away() => Rule.HasNoBreach(SourceFile.In("src", "tests", "samples", "bench").Where(f => RegionPattern().IsMatch(f.Code)));

    [Fact]
    public void Nothing_is_left_to_be_done() =>
        Rule.HasNoBreach(SourceFile.In("src").Where(f => f.Code.Contains("NotImplementedException", StringComparison.Ordinal) || LeftoverPattern().IsMatch(f.Text)));

    // A program of a single file runs with reflection-based serialization off, unless the options bring a resolver of their own.
    [Fact]
    public void Json_is_written_and_read_with_options_that_bring_their_resolver()
    {
        var files = SourceFile.In("src");
        Rule.HasNoBreach(files.SelectMany(f => SerializerPattern().Matches(f.Code).Select(m => $"{f}: {m.Value}"))
            .Concat(files.SelectMany(f => OptionsPattern().Matches(f.Code).Where(m => !m.Value.Contains("TypeInfoResolver", StringComparison.Ordinal)).Select(m => $"{f}: {m.Value}"))));
    }

    [Fact]
    public void Names_and_settings_of_the_build_stay_in_the_shared_files() =>
        Rule.HasNoBreach(Directory.EnumerateFiles(Testing.Checkout.At("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(p => VersionPattern().IsMatch(File.ReadAllText(p))));

    /// <summary>The name of the file; a part of a type may be told apart by a second word: <c>Page.Cursor.cs</c>.</summary>
    private static string NameOf(SourceFile file) => System.IO.Path.GetFileName(file.Path).Split('.')[0];

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"^\s*#region", RegexOptions.Multiline)]
    private static partial Regex RegionPattern();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex LeftoverPattern();

    [GeneratedRegex("<PackageReference[^>]* Version=|<TargetFramework>|<Nullable>")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"JsonSerializer\.(?:S|D)erialize\w*(?:<[^>(]+>)?\((?![^;]*\b(?:(?:MemUJson|ServerJson|DocumentJson)\.\w+|Strict|Written)\b)[^;]*;")]
    private static partial Regex SerializerPattern();

    [GeneratedRegex(@"(?:new JsonSerializerOptions\((?!MemUJson)|JsonSerializerOptions \w+ = new\((?!MemUJson))[^;]*;")]
    private static partial Regex OptionsPattern();
}
