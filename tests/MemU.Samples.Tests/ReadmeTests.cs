using System.Text.RegularExpressions;
using MemU.Testing;

namespace MemU.Samples.Tests;

public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Checkout.At("README.md"));

    [Fact]
    public void The_first_code_is_the_marked_part_of_the_quickstart()
    {
        var sample = MarkedPattern().Match(File.ReadAllText(Checkout.At("samples", "quickstart.cs"))).Groups[1].Value;
        Assert.NotEmpty(sample);
        Assert.Equal(sample, CodePattern("csharp").Match(Readme).Groups[1].Value);
    }

    [Fact]
    public async Task The_commands_do_what_they_say()
    {
        var blocks = TestedPattern().Matches(Readme).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(blocks);
        using var folder = new TempFolder();
        foreach (var file in Directory.EnumerateFiles(Checkout.At("samples", "files")))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        var memu = Checkout.At("artifacts", "bin", "MemU.Cli", "debug", "memu.dll");
        foreach (var block in blocks)
        {
            var script = $"set -e -o pipefail\nmemu() {{ dotnet '{memu}' \"$@\"; }}\n{block}";
            (await Child.RunAsync("bash", ["-c", script], folder.Path)).Succeeded();
        }
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        var pages = Directory.EnumerateFiles(Checkout.Root, "*.md").Concat(Directory.EnumerateFiles(Checkout.At("docs"), "*.md", SearchOption.AllDirectories));
        var dead = from page in pages
                   from Match link in LinkPattern().Matches(File.ReadAllText(page))
                   let target = link.Groups[1].Value
                   where !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target))
                   select $"{Path.GetRelativePath(Checkout.Root, page)} → {target}";
        Assert.Equal([], dead);
    }

    private static Regex CodePattern(string language) => new($@"^```{language}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline);

    [GeneratedRegex(@"^// <readme>\n(.*?)^// </readme>", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex MarkedPattern();

    [GeneratedRegex(@"^<!-- tested -->\n```sh\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex TestedPattern();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex LinkPattern();
}
