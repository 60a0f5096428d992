using System.Text.RegularExpressions;
using MemU.Testing;

namespace MemU.Tests.Architecture;

/// <summary>A C# file of the working copy, read as text.</summary>
internal sealed partial class SourceFile
{
    private SourceFile(string path)
    {
        Path = System.IO.Path.GetRelativePath(Checkout.Root, path).Replace('\\', '/');
        Text = File.ReadAllText(path);
        Code = CodeText.Strip(Text);
        Types = [.. DeclarationPattern().Matches(Code).Select(m => new TypeDeclaration(
            m.Groups["name"].Value, m.Groups["struct"].Success ? "struct" : m.Groups["kind"].Value, m.Groups["modifiers"].Value.Trim(), m.Groups["indent"].Length > 0))];
        Namespace = NamespacePattern().Match(Code).Groups["name"].Value;
        var parts = Path.Split('/');
        Project = parts.Length > 2 ? parts[1] : "";
        Folder = parts.Length > 3 ? string.Join('/', parts[2..^1]) : "";
    }

    /// <summary>From the root of the working copy, with forward slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>The text without comments and strings.</summary>
    public string Code { get; }

    /// <summary>For <c>src/MemU.Core/Model/Page.cs</c>: <c>MemU.Core</c>.</summary>
    public string Project { get; }

    /// <summary>For <c>src/MemU.Core/Model/Page.cs</c>: <c>Model</c>; empty for a file at the top of its project.</summary>
    public string Folder { get; }

    public string Namespace { get; }

    public IReadOnlyList<TypeDeclaration> Types { get; }

    public IEnumerable<string> Usings => UsingPattern().Matches(Code).Select(m => m.Groups["name"].Value);

    /// <summary>All files below the folders, without what a build makes.</summary>
    public static IReadOnlyList<SourceFile> In(params string[] folders) =>
    [
        .. folders.Select(f => Checkout.At(f)).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.cs", SearchOption.AllDirectories))
            .Where(p => !p.Contains("/obj/") && !p.Contains("/bin/"))
            .Order(StringComparer.Ordinal)
            .Select(p => new SourceFile(p)),
    ];

    public override string ToString() => Path;

    [GeneratedRegex(@"^(?<indent>[ \t]*)(?<modifiers>(?:(?:public|internal|private|protected|file|sealed|abstract|static|partial|readonly|ref|unsafe|new)\s+)*)" +
        @"(?<kind>class|record|struct|interface|enum|delegate)\s+(?:(?:class|(?<struct>struct))\s+)?(?:[\w<>?\[\], .]+\s+(?=\w+\s*[(<]))?(?<name>\w+)(?=\s*[(<:{;\r\n]|\s+where\b)", RegexOptions.Multiline)]
    private static partial Regex DeclarationPattern();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"^(?:global\s+)?using\s+(?:static\s+)?(?:\w+\s*=\s*)?(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex UsingPattern();
}
