using System.CommandLine;

namespace MemU.Cli.CommandLine;

/// <summary>A verb of the command line with examples for its help.</summary>
internal sealed class Verb : Command
{
    public Verb(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    /// <summary>Command lines to try, without the program's name; a remark may follow after two blanks and <c>#</c>.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>More to know, shown before the examples.</summary>
    public string? Remarks { get; init; }

    /// <summary>Adds arguments and options, in the order in which help shows them.</summary>
    public Verb With(params Symbol[] symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                Arguments.Add(argument);
            }
            else
            {
                Options.Add((Option)symbol);
            }
        }

        return this;
    }

    /// <summary>What the verb does; the number is the exit code.</summary>
    public Func<VerbCall, Task<int>> Run { get; private set; } = _ => Task.FromResult(ExitCodes.Done);

    /// <summary>What the verb does; the returned number is the exit code.</summary>
    public Verb Does(Func<VerbCall, Task<int>> action)
    {
        Run = action;
        return this;
    }

    /// <summary>What the verb does; it succeeds unless it throws.</summary>
    public Verb Does(Func<VerbCall, Task> action) => Does(async call =>
    {
        await action(call);
        return ExitCodes.Done;
    });
}
