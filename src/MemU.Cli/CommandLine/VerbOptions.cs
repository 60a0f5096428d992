using System.CommandLine;
using System.Globalization;

namespace MemU.Cli.CommandLine;

/// <summary>Makes options and arguments whose errors are plain.</summary>
internal static class VerbOptions
{
    public static Option<string?> Text(string name, string help, string description, params string[] completions)
    {
        var option = SharedOptions.Text(name, help, description, recursive: false);
        option.CompletionSources.Add(completions);
        return option;
    }

    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    /// <summary>A whole number; null when not given.</summary>
    public static Option<int?> Number(string name, string description, int least, int most)
    {
        return new Option<int?>(name)
        {
            HelpName = "N",
            Description = description,
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most)
                {
                    return n;
                }

                result.AddError($"'{result.Tokens[0].Value}' is no value for {name}: a whole number from {least} to {most} is needed.");
                return null;
            },
        };
    }

    /// <summary>A number from 0 to 1; null when not given.</summary>
    public static Option<double?> Share(string name, string description) => new(name)
    {
        HelpName = "SHARE",
        Description = description,
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
            {
                return share;
            }

            result.AddError($"'{result.Tokens[0].Value}' is no value for {name}: a number from 0 to 1 is needed.");
            return null;
        },
    };

    public static Argument<string> Required(string name, string description, params string[] completions)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.CompletionSources.Add(completions);
        return argument;
    }

    /// <summary>The page options of a list: how many rows, and where to go on.</summary>
    public static (Option<int?> Limit, Option<string?> Cursor) Paging() =>
        (Number("--limit", "Rows to show. Default: 50.", 1, PageRequest.MaxLimit), Text("--cursor", "CURSOR", "Where to go on: the cursor that the page before ended with."));
}
