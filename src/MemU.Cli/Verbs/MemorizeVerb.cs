using System.CommandLine;
using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Memorize;
using MemU.Resources;

namespace MemU.Cli.Verbs;

internal static class MemorizeVerb
{
    private const string StandardInput = "-";

    public static Verb Create()
    {
        var sources = new Argument<string[]>("SOURCE") { Arity = ArgumentArity.OneOrMore, Description = "A file, an http(s) URL, or - for the standard input." };

        // What looks like a misspelt option must not pass for a source: `--usr alice` would remember things for somebody else.
        sources.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => t.Value.StartsWith('-') && t.Value != StandardInput) is { } token)
            {
                result.AddError($"'{token.Value}' is no option of memorize. If it is a file, write ./{token.Value}");
            }
        });
        var modality = VerbOptions.Text(
            "--modality", "M", "conversation, text, document, image, video or audio. Default: guessed from name and content.",
            [.. Modality.All.Select(m => m.Name)]);
        var name = VerbOptions.Text("--name", "NAME", "What to call the standard input; the same name again replaces it. An ending tells the format.");
        return new Verb(
            "memorize", "Remember sources: conversations, documents, pictures, speech.",
            "memu memorize chats/monday.json --user alice",
            "memu memorize notes.md https://example.org/page --user alice --agent coding",
            "cat chat.txt | memu memorize - --name chat.txt --modality conversation",
            "memu memorize chats/*.json --json")
        {
            Remarks =
                """
                A conversation is text (`user: …` per line) or JSON: a list of messages {"role", "content"} with optional
                "created_at" (ISO 8601, YYYY-MM-DD hh:mm:ss or epoch seconds) and "id".
                The same content again adds nothing; changed content of the same source replaces its memories.
                Several sources are one batch: one that fails does not stop the others, and the exit code is 1.
                """,
        }.With(sources, modality, name).Does(call => RunAsync(call, call.Get(sources)!, call.Get(modality), call.Get(name)));
    }

    private static async Task<int> RunAsync(VerbCall call, string[] sources, string? modalityName, string? name)
    {
        var modality = modalityName is null ? null : Modality.Parse(modalityName);
        if (sources.Count(s => s == StandardInput) is var inputs && inputs > 1)
        {
            throw new ArgumentException("The standard input (-) can be memorized only once.");
        }

        if (name is not null && inputs == 0)
        {
            throw new ArgumentException("--name names the standard input; give - as the source, or leave --name out.");
        }

        if (inputs > 0 && call.Surroundings.InputIsTerminal)
        {
            call.Output.Message("Type or paste the text; end with Ctrl+D (Windows: Ctrl+Z and Enter).");
        }

        var references = sources.Select(s => s == StandardInput ? FromInput(call, name) : ResourceRef.Parse(s)).ToList();
        return references.Count == 1
            ? await OneAsync(call, references[0], modality)
            : await ManyAsync(call, sources, references, modality);
    }

    private static ResourceRef FromInput(VerbCall call, string? name) =>
        name is null
            ? ResourceRef.Stream(call.Surroundings.Input, "stdin")
            : ResourceRef.Stream(call.Surroundings.Input, name, $"stdin:{name}");

    private static async Task<int> OneAsync(VerbCall call, ResourceRef source, Modality? modality)
    {
        var space = call.Space;
        var result = await ProgressBar.MemorizeAsync(call.Output, p => space.MemorizeAsync(source, modality, progress: p, cancellationToken: call.Cancel));
        call.Output.Result(MemorizeResultJson.From(result), o => MemorizeView.Show(o, source.DisplayName, result));
        return ExitCodes.Done;
    }

    private static async Task<int> ManyAsync(VerbCall call, string[] names, List<ResourceRef> sources, Modality? modality)
    {
        var space = call.Space;
        var entries = await ProgressBar.MemorizeAsync(
            call.Output,
            p => space.MemorizeManyAsync(sources.Select(s => new SourceToMemorize(s, modality)), progress: p, cancellationToken: call.Cancel));
        call.Output.Result(
            new BatchResultJson([.. entries.Select((e, i) => EntryJson(names[i], e))]),
            o => MemorizeView.Show(o, entries));
        return entries.Any(e => e.Error is not null) ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static BatchEntryJson EntryJson(string source, BatchEntry entry) => new()
    {
        Source = source,
        Status = entry.Result?.Outcome.ToString().ToLowerInvariant() ?? "failed",
        Result = entry.Result is { } r ? MemorizeResultJson.From(r) : null,
        Error = entry.Error is { } e ? ErrorBodyJson.From(e) : null,
    };
}
