using System.Text.RegularExpressions;
using System.Xml.Linq;
using MemU.Testing;

namespace MemU.Tests.Architecture;

public sealed partial class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["MemU.Core"] = [],
        ["MemU"] = ["MemU.Core"],
        ["MemU.Onnx"] = ["MemU", "MemU.Core"],
        ["MemU.LocalEmbeddings"] = ["MemU.Onnx"],
        ["MemU.Server"] = ["MemU", "MemU.Core"],
        ["MemU.Cli"] = ["MemU.Server", "MemU", "MemU.Core"],
    };

    [Fact]
    public void A_project_points_only_at_the_projects_below_it()
    {
        foreach (var project in Directory.EnumerateFiles(Checkout.At("src"), "*.csproj", SearchOption.AllDirectories))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            Assert.True(Allowed.ContainsKey(name), $"{name} has no place in the order of projects yet.");
            Rule.HasNoBreach(References(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r)).Except(Allowed[name]));
        }
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Checkout.At("MemU.slnx"));
        Rule.HasNoBreach(new[] { "src", "tests", "bench" }
            .SelectMany(f => Directory.EnumerateFiles(Checkout.At(f), "*.csproj", SearchOption.AllDirectories))
            .Select(p => Path.GetRelativePath(Checkout.Root, p).Replace('\\', '/'))
            .Where(p => !solution.Contains($"\"{p}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_core_asks_for_no_package_but_abstractions_and_tensors() =>
        Rule.HasNoBreach(References(Checkout.At("src", "MemU.Core", "MemU.Core.csproj"), "PackageReference").Where(p => !CorePackagePattern().IsMatch(p)));

    [Fact]
    public void The_core_refers_to_no_driver()
    {
        // What is not part of the platform must be one of the packages that the core may ask for.
        var platform = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Rule.HasNoBreach(typeof(MemoryService).Assembly.GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(a => !CorePackagePattern().IsMatch(a) && !File.Exists(Path.Combine(platform, a + ".dll")) || a.StartsWith("System.Data", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'));

    [GeneratedRegex(@"^(Microsoft\.Extensions\.(\w+\.)*Abstractions|System\.Numerics\.Tensors)$")]
    private static partial Regex CorePackagePattern();
}
