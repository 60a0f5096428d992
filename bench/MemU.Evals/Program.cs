using System.CommandLine;
using System.Globalization;
using MemU.Evals;
using MemU.Evals.Data;
using MemU.Evals.Embeddings;
using MemU.Evals.Tuning;
using MemU.Retrieve;
using MemU.Retrieve.Evidence;

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

        return [.. numbers.Distinct()];
    },
};
var json = new Option<bool>("--json") { Description = "Print JSON." };
var fold = new Option<string?>("--fold") { HelpName = "odd|even", Description = "Only every second conversation: the first, third, … or the second, fourth, …" };
fold.AcceptOnlyFromAmong("odd", "even");
var ablation = new Option<bool>("--ablation") { Description = "Ask every question again without each signal of the ranking, to see what the signal is worth." };
var vectors = new Option<string?>("--vectors") { HelpName = "nonsense", Description = "nonsense: vectors by chance, to see what a bad embedding model costs. Default: none but the offline ones." };
vectors.AcceptOnlyFromAmong("nonsense");
var model = new Option<string?>("--embeddings")
{
    HelpName = "minilm|arctic|FILE",
    Description = "An embedding model that runs here: all-MiniLM-L6-v2, snowflake-arctic-embed-xs, or an ONNX file with its vocab.txt beside it. Default: none.",
};
var vectorCache = new Option<string>("--vector-cache")
{
    HelpName = "DIR", Description = "Where the vectors of the model are kept for the next run. Default: artifacts/vectors.", DefaultValueFactory = _ => Path.Combine("artifacts", "vectors"),
};
var tune = new Option<bool>("--two-fold") { Description = "Choose the weights on every second conversation and report them on the others (of the kind of session that most are of; evidence by turn)." };
var sittings = new Option<int?>("--sittings") { HelpName = "N", Description = "Join the sessions of each conversation to N long ones, where evidence is named by turn and all is asked at the end." };
sittings.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int?>() < 1)
    {
        result.AddError("--sittings takes a whole number from 1 on.");
    }
});

var bursts = new Option<bool>("--bursts") { Description = "Send each turn as several messages, a sentence each, as people do in a chat. Each of them is evidence where the turn is." };
var unmarked = new Option<bool>("--unmarked") { Description = "Leave question marks out of the turns, as many do in a chat." };
var items = new Option<bool>("--items") { Description = "Score the items that were found, each by the passages that it was drawn from, in place of the evidence." };
var evidence = new Option<RealmemEvidence>("--evidence")
{
    HelpName = "KIND",
    Description = "sessions (as the data set names them), turns (those from which the used memories come), memories (each gold memory as a question) or questions (of our own). Default: sessions.",
};

var root = new RootCommand("Measures recall on public data sets, through the public API, without a model or a network.")
{
    Verb("locomo", "Conversations in the layout of LoCoMo, evidence by turn.", (path, _) => LocomoFile.Read(path)),
    Speed(),
    Vectors(),
    Words(),
    Verb("realmem", "Personas of RealMemBench.", (path, call) => RealmemFolder.Read(path, call.GetValue(evidence)), evidence),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is EvalDataException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static Command Speed()
{
    var passages = new Option<int>("--passages") { HelpName = "N", Description = "How many passages. Default: 100000.", DefaultValueFactory = _ => 100_000 };
    var command = new Command("speed", "Time and memory of the ranking on made-up talks.") { passages };
    command.SetAction(call => Console.Out.WriteLine(SpeedRun.Run(Math.Max(1, call.GetValue(passages)))));
    return command;
}

static Command Words()
{
    var path = new Option<string>("--out") { HelpName = "FILE", Required = true, Description = "Where the table goes: src/MemU.Core/Text/related-words.bin." };
    var command = new Command("words", "Makes the table of related words that comes with the library.") { path };
    command.SetAction(async (call, cancellationToken) =>
    {
        Console.Out.WriteLine(await WordsRun.RunAsync(call.GetRequiredValue(path), cancellationToken));
        return 0;
    });
    return command;
}

Command Vectors()
{
    var paths = new Option<string[]>("--data")
    {
        HelpName = "PATH", Required = true, AllowMultipleArgumentsPerToken = true, Description = "Files in the layout of LoCoMo and folders of RealMemBench.",
    };
    var texts = new Option<int>("--texts") { HelpName = "N", Description = "Texts at most. Default: 20000.", DefaultValueFactory = _ => 20_000 };
    var command = new Command("vectors", "How many of the nearest vectors of real texts are found when the first pass runs over rounded copies.") { paths, texts, model, vectorCache };
    command.SetAction(async (call, cancellationToken) =>
    {
        using var embeddings = EvalModel.Open(call.GetValue(model) ?? "minilm", call.GetRequiredValue(vectorCache));
        List<DataSet> sets = [.. call.GetRequiredValue(paths).Select(p => Directory.Exists(p) ? RealmemFolder.Read(p, RealmemEvidence.Sessions) : LocomoFile.Read(p))];
        Console.Out.WriteLine(await VectorsRun.RunAsync(sets, embeddings.Model, Math.Max(1, call.GetValue(texts)), cancellationToken));
        return 0;
    });
    return command;
}

Command Verb(string name, string description, Func<string, ParseResult, DataSet> read, params ReadOnlySpan<Option> own)
{
    var command = new Command(name, description) { data, ks, json, fold, ablation, vectors, model, vectorCache, tune, items, sittings, bursts, unmarked };
    foreach (var option in own)
    {
        command.Add(option);
    }

    command.SetAction(async (call, cancellationToken) =>
    {
        var path = call.GetRequiredValue(data);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Console.Error.WriteLine($"The data '{path}' does not exist.");
            return 2;
        }

        var set = read(path, call);
        var remainder = call.GetValue(fold) switch { "odd" => 0, "even" => 1, _ => -1 };
        set = remainder < 0 ? set : set with { Talks = [.. set.Talks.Where((_, i) => i % 2 == remainder)] };
        if (call.GetValue(sittings) is { } count)
        {
            if (!set.CanBeJoined)
            {
                Console.Error.WriteLine("--sittings needs evidence by turn and everything asked at the end: locomo, or realmem with --evidence memories or questions.");
                return 2;
            }

            set = set.Joined(count);
        }

        set = call.GetValue(bursts) ? set.InBursts() : set;
        set = call.GetValue(unmarked) ? set.Unmarked() : set;
        var depths = call.GetRequiredValue(ks);
        using var embeddings = call.GetValue(model) is { } which ? EvalModel.Open(which, call.GetRequiredValue(vectorCache))
            : call.GetValue(vectors) is null ? null : EvalModel.Nonsense();
        if (call.GetValue(tune))
        {
            Console.Out.WriteLine(embeddings is null ? TwoFold.Run(set, depths) : await MeaningFold.RunAsync(set, embeddings.Model, depths, cancellationToken));
            return 0;
        }

        List<(string, RetrieveOptions)> variants = [("memu", RetrieveOptions.Fast)];
        if (call.GetValue(ablation))
        {
            variants.Add(("- repeats", RetrieveOptions.Fast with { Diversity = 0 }));
            variants.AddRange(Enum.GetValues<Signal>().Select(s => ($"- {EvidenceSignals.NameOf(s)}", RetrieveOptions.Fast with { Without = [s] })));
        }

        var report = await EvalRun.RunAsync(set, depths, variants, embeddings?.Model, call.GetValue(items), cancellationToken);
        Console.Out.WriteLine(call.GetValue(json) ? ReportText.ToJson(report) : ReportText.ToText(report, depths));
        return 0;
    });
    return command;
}
