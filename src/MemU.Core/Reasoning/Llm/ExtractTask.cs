using System.Text;

namespace MemU.Reasoning.Llm;

/// <summary>Draws memories of all wanted types, and the caption, from one segment in one call.</summary>
internal sealed class ExtractTask(ModelCaller model, LlmReasonerOptions options)
{
    public const string Name = "extract";

    private const string Instructions =
        """
        You keep the long-term memory of a person, called the user, and of the people around them. Read the material and write down what will still be worth knowing in later conversations.
        - One memory holds one thing and can be understood without the material: name the person instead of 'I', 'he' or 'she', name the thing instead of 'it'. A speaker without a name is 'the user' or 'the assistant'.
        - Write only what the material says. Add nothing from general knowledge, guess nothing. What an assistant proposed counts only if the user took it up.
        - Keep names, numbers, titles, places and wording that matters exactly as they are.
        - Work out relative dates ('yesterday', 'next month') from the time of the message in which they stand, and write the calendar date into the memory.
        - Write in the language of the material.
        - Leave out greetings, small talk and what is said twice. If nothing is worth remembering, answer with an empty list.
        """;

    private static readonly Dictionary<string, string> TypeMeanings = new(StringComparer.OrdinalIgnoreCase)
    {
        [MemoryTypes.Profile] = "a lasting fact about the user or another person: who they are, what they have, like, can or want",
        [MemoryTypes.Event] = "something that happened or is planned: what, when, where, with whom",
        [MemoryTypes.Knowledge] = "an objective fact or explanation that came up and does not depend on the people talking",
        [MemoryTypes.Behavior] = "a habit, routine or way of doing things that shows repeatedly",
    };

    public async Task<Extraction> RunAsync(ExtractRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        if (request.Passages.Count == 0)
        {
            return new([], null);
        }

        var runs = PassageLines.Runs(request.Passages, 0, request.Passages.Count - 1, options.MaxPromptChars);
        var parts = runs.SelectMany(r => Parts([.. request.Passages.Skip(r.Start).Take(r.End - r.Start + 1)])).ToList();
        var answers = await Task.WhenAll(parts.Select((part, i) => AskAsync(request, part, wantCaption: request.WantCaption && i == 0, log, cancellationToken)));
        return new(Distinct(answers.SelectMany(a => a.Items)), answers[0].Caption);
    }

    // A single passage may be longer than a prompt; it is then read in pieces.
    private IEnumerable<IReadOnlyList<Passage>> Parts(IReadOnlyList<Passage> run)
    {
        if (run.Count > 1 || run[0].Text.Length <= options.MaxPromptChars)
        {
            return [run];
        }

        var pieces = new List<IReadOnlyList<Passage>>();
        for (var rest = run[0].Text; rest.Length > 0;)
        {
            var length = CutLength(rest);
            pieces.Add([run[0] with { Text = rest[..length] }]);
            rest = rest[length..];
        }

        return pieces;
    }

    // Behind a blank near the limit when there is one, and never inside a surrogate pair.
    private int CutLength(string text)
    {
        var limit = options.MaxPromptChars;
        if (text.Length <= limit)
        {
            return text.Length;
        }

        var blank = text.AsSpan(limit / 2, limit - (limit / 2)).LastIndexOfAny(" \n\t。，、");
        return blank >= 0 ? (limit / 2) + blank + 1 : char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
    }

    private Task<Extraction> AskAsync(ExtractRequest request, IReadOnlyList<Passage> passages, bool wantCaption, ReasoningLog log, CancellationToken cancellationToken)
    {
        var prompt = new Prompt(Instruct(request, wantCaption), Shape(wantCaption))
            .With("categories", [.. request.Categories.Select(c => Prompt.Line(("name", c.Name), ("holds", c.Description)))])
            .With(request.Modality == Modality.Conversation ? "messages" : "paragraphs", PassageLines.Write(passages, 1));
        var reader = new ExtractionReader(request, passages);
        return model.AskAsync(new ModelAsk<Extraction>(Name, prompt, reader.Read), log, cancellationToken);
    }

    private string Instruct(ExtractRequest request, bool wantCaption)
    {
        var text = new StringBuilder(options.Prompts.GetValueOrDefault(Name, Instructions).Trim());
        text.Append("\n\nTypes of memory:\n");
        foreach (var type in request.MemoryTypes)
        {
            var meaning = request.TypeInstructions.GetValueOrDefault(type) ?? TypeMeanings.GetValueOrDefault(type);
            text.Append("- ").Append(type).Append(meaning is null ? "" : $": {meaning}").Append('\n');
        }

        if (!string.IsNullOrWhiteSpace(request.Instructions))
        {
            text.Append("\nFor this material in particular:\n").Append(request.Instructions.Trim()).Append('\n');
        }

        if (wantCaption)
        {
            text.Append("\nAlso give a caption: one sentence, in the language of the material, that says what all of it is about.\n");
        }

        return text.Append(
            """

            'categories' are names from the list of categories, those that fit, or none. 'source' lists the numbers n from which a memory was drawn. 'happened_at' is the date (or date and time) of what a memory tells, null when the material does not say.
            """).ToString();
    }

    private static string Shape(bool wantCaption) =>
        $$"""{{{(wantCaption ? "\"caption\":\"<one sentence>\"," : "")}}"items":[{"type":"<one of the types>","content":"<the memory>","categories":["<name>"],"source":[<n>],"happened_at":"<YYYY-MM-DD or YYYY-MM-DDThh:mm>"}]}""";

    private static List<ItemDraft> Distinct(IEnumerable<ItemDraft> items) =>
        [.. items.DistinctBy(i => (i.MemoryType, i.Content.Trim().ToUpperInvariant()))];
}
