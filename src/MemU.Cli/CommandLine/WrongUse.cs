using System.CommandLine;
using System.CommandLine.Invocation;
using MemU.Cli.Output;
using MemU.Contracts;

namespace MemU.Cli.CommandLine;

/// <summary>Says in one line what is wrong with a command line, and where to read on.</summary>
internal static class WrongUse
{
    /// <summary>
    /// What to say when an option stands where the value of another belongs, or null. `--user $NOBODY --data d` would otherwise remember things for
    /// somebody named --data, in another folder.
    /// </summary>
    public static string? MissingValue(ParseResult parse, string[] args)
    {
        var options = parse.RootCommandResult.Command.Options.Concat(parse.CommandResult.Command.Options).ToList();
        foreach (var (name, next) in args.TakeWhile(a => a != "--").Zip(args.Skip(1)))
        {
            if (options.Exists(o => o.Name == name && o.Arity.MinimumNumberOfValues > 0) && options.Exists(o => o.Name == next))
            {
                return $"{name} needs a value, but {next} follows. A value that begins like this is written {name}={next}.";
            }
        }

        return null;
    }

    public static int Report(ParseResult parse, string[] args, Surroundings surroundings)
    {
        using var output = new CliOutput(surroundings, json: args.Contains(SharedOptions.Json.Name), quiet: false);
        var verb = parse.CommandResult.Command as Verb;
        output.Error(
            new ErrorBodyJson("usage", MissingValue(parse, args) ?? Message(parse)),
            $"Try: {surroundings.CommandName} {(verb is null ? "" : verb.Name + " ")}--help");
        return ExitCodes.WrongUse;
    }

    private static string Message(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        if (command is RootCommand && parse.UnmatchedTokens.Count == 0)
        {
            return $"A verb is missing: {string.Join(", ", command.Subcommands.Select(c => c.Name))}.";
        }

        if (command.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > 0 && parse.GetResult(a) is not { Tokens.Count: > 0 }) is { } missing)
        {
            return $"{missing.Name} is missing. {missing.Description}";
        }

        // A word that is no verb is the error; that a verb is missing then follows from it.
        var text = SafeText.Line(parse.Errors[command is RootCommand ? parse.Errors.Count - 1 : 0].Message);
        return Suggestion(parse) is { } meant ? $"{text.TrimEnd('.')}. Did you mean {meant}?" : text;
    }

    private static string? Suggestion(ParseResult parse)
    {
        if (parse.Action is not ParseErrorAction action)
        {
            return null;
        }

        using var corrections = new StringWriter();
        action.ShowHelp = false;
        parse.Invoke(new InvocationConfiguration { Output = corrections, Error = TextWriter.Null });
        var lines = corrections.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 1 ? string.Join(" or ", lines.Skip(1).TakeWhile(l => !l.EndsWith('?'))) : null;
    }
}
