using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MemU.Cli.CommandLine;

/// <summary>The usual help, then what else there is to know and command lines to try.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly string[] rootExamples =
    [
        "memu quickstart                                  # see what it does, with sample data",
        "memu memorize chat.json notes.md --user alice    # remember two sources for Alice",
        "memu retrieve \"Where does Alice live?\" --user alice",
        "memu list categories --user alice",
    ];

    private const string RootRemarks =
        """
        Every verb has its own help: memu VERB --help.
        Exit codes: 0 done, 1 failed, 2 wrong use, 130 cancelled.
        Settings also come from memu.json and MEMU_* variables; `memu config` shows them.
        """;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var result = usual.Invoke(parseResult);
        var writer = parseResult.InvocationConfiguration.Output;
        var verb = parseResult.CommandResult.Command as Verb;
        if ((verb is null ? RootRemarks : verb.Remarks) is { } remarks)
        {
            writer.WriteLine("Notes:");
            WriteIndented(writer, remarks.ReplaceLineEndings("\n").Split('\n'));
        }

        writer.WriteLine("Examples:");
        WriteIndented(writer, verb?.Examples ?? rootExamples);
        return result;
    }

    private static void WriteIndented(TextWriter writer, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            writer.WriteLine(line.Length == 0 ? "" : "  " + line);
        }

        writer.WriteLine();
    }
}
