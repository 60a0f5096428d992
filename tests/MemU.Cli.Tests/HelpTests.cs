using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using MemU.Cli.CommandLine;

namespace MemU.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs => [.. MemUCli.Root().Subcommands.Select(c => c.Name)];

    [Fact]
    public void The_verbs_are_the_promised_ones()
    {
        string[] promised =
        [
            "quickstart", "memorize", "retrieve", "list", "show", "delete", "migrate", "backup", "restore", "reset", "export", "import", "reindex",
            "doctor", "stats", "config", "master-key",
        ];

        Assert.Subset(Verbs.Select(v => v.Data).ToHashSet(), promised.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task The_help_of_every_verb_ends_with_examples_of_it(string verb)
    {
        var help = (await MemUCommand.CallAsync(verb, "--help")).Done();

        var examples = help.Output[help.Output.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains($"memu {verb}", examples, StringComparison.Ordinal);
        Assert.Contains("--user", help.Output, StringComparison.Ordinal);
        Assert.Empty(help.Error);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_example_is_a_command_line_that_parses(string name)
    {
        var root = MemUCli.Root();
        var verb = (Verb)root.Subcommands.Single(c => c.Name == name);

        foreach (var example in verb.Examples)
        {
            var parse = root.Parse(CommandLineParser.SplitCommandLine(CommandOf(example)).ToArray());
            Assert.True(parse.Errors.Count == 0, $"{example}: {parse.Errors.FirstOrDefault()?.Message}");
            Assert.Equal(name, parse.CommandResult.Command.Name);
        }
    }

    [Fact]
    public async Task Without_arguments_the_program_shows_what_it_can_do()
    {
        var help = (await MemUCommand.RunAsync()).Done();

        Assert.All(Verbs, v => Assert.Contains(v.Data, help.Output, StringComparison.Ordinal));
        Assert.Contains("memu quickstart", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_one_line() =>
        Assert.Single((await MemUCommand.RunAsync("--version")).Done().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    // What stands between `memu ` and a remark, a pipe or a closing bracket.
    private static string CommandOf(string example)
    {
        var start = Regex.Matches(example, @"(?<![\w/])memu ")[^1] is var call ? call.Index + call.Length : 0;
        var end = new[] { "  #", " | ", " > ", ")\"" }.Select(e => example.IndexOf(e, start, StringComparison.Ordinal)).Where(e => e >= 0).DefaultIfEmpty(example.Length).Min();
        return example[start..end];
    }
}
