using System.CommandLine;
using System.Globalization;
using MemU.Evals;
using MemU.Evals.Data;
using MemU.Retrieve;

var data = new Option<string>("--data") { HelpName = "PATH", Required = true, Description = "The data: a file for locomo, a folder for realmem." };
var ks = new Option<int[]>("--k")
{
    HelpName = "LIST",
    Description = "The depths, joined by commas. Default: 5,10,20,50.",
    DefaultValueFactory = _ => [5, 10, 20, 50],
    CustomParser = result =>
    {
        var parts = result.Tokens[0].Value.Split(',');
        var numbers = parts.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).ToArray();
        if (numbers.Any(n => n is < 1 or > RetrieveOptions.MaxTopK))
        {
            result.AddError($"'{result.Tokens[0].Value}' is no list of depths: whole numbers from 1 to {RetrieveOptions.MaxTopK}, joined by commas.");
        }

        return numbers;
    },
};
var json = new Option<bool>("--json") { Description = "Print JSON." };
var fold = new Option<string?>("--fold") { HelpName = "odd|even", Description = "Only every second conversation: the first, third, … or the second, fourth, …" };
fold.AcceptOnlyFromAmong("odd", "even");

var root = new RootCommand("Measures recall on public data sets, through the public API, without a model or a network.")
{
    Verb("locomo", "Conversations in the layout of LoCoMo, evidence by turn.", LocomoFile.Read),
    Verb("realmem", "Personas of RealMemBench, evidence by session.", RealmemFolder.Read),
};
return await root.Parse(args).InvokeAsync();

Command Verb(string name, string description, Func<string, DataSet> read)
{
    var command = new Command(name, description) { data, ks, json, fold };
    command.SetAction(async (call, cancellationToken) =>
    {
        var path = call.GetRequiredValue(data);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Console.Error.WriteLine($"The data '{path}' does not exist.");
            return 2;
        }

        var set = read(path);
        var remainder = call.GetValue(fold) switch { "odd" => 0, "even" => 1, _ => -1 };
        set = remainder < 0 ? set : set with { Talks = [.. set.Talks.Where((_, i) => i % 2 == remainder)] };
        var depths = call.GetRequiredValue(ks);
        var report = await EvalRun.RunAsync(set, depths, RetrieveOptions.Fast, cancellationToken);
        Console.Out.WriteLine(call.GetValue(json) ? ReportText.ToJson(report) : ReportText.ToText(report, depths));
        return 0;
    });
    return command;
}
