using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Memorize;

namespace MemU.Cli.Verbs;

/// <summary>Shows to people what was memorized.</summary>
internal static class MemorizeView
{
    public static void Show(CliOutput output, string source, MemorizeResult result)
    {
        output.Line($"{Outcome(result)}: {SafeText.Line(source)}", Styles.Heading);
        new Fields()
            .Add("id", result.Resource.Id)
            .Add("kind", result.Resource.Modality.Name)
            .Add("caption", SafeText.Line(result.Resource.Caption))
            .Add("kept", $"{Format.Count(result.Passages, "passage")}, {Format.Count(result.Items.Count, "new memory", "new memories")}")
            .Add("engine", Engine(result))
            .ShowOn(output);
        if (result.Items.Count > 0)
        {
            output.Line();
            ShowItems(output, result);
        }

        Warn(output, result);
    }

    public static void Show(CliOutput output, IReadOnlyList<BatchEntry> entries)
    {
        var rows = new Rows("RESULT", "PASSAGES", "MEMORIES", "ID", "SOURCE");
        foreach (var entry in entries)
        {
            if (entry.Result is { } r)
            {
                rows.Add(Outcome(r), Format.Number(r.Passages), Format.Number(r.Items.Count), r.Resource.Id, entry.Source.DisplayName);
            }
            else
            {
                rows.Add("Failed", "-", "-", "-", entry.Source.DisplayName);
            }
        }

        rows.ShowOn(output);
        foreach (var entry in entries)
        {
            if (entry.Error is { } e)
            {
                output.Error(ErrorBodyJson.From(e));
            }
            else
            {
                Warn(output, entry.Result!);
            }
        }
    }

    private static void ShowItems(CliOutput output, MemorizeResult result)
    {
        var names = result.Categories.ToDictionary(c => c.Id, c => c.Name);
        var rows = new Rows("TYPE", "CATEGORIES", "MEMORY");
        foreach (var item in result.Items)
        {
            var categories = result.Relations.Where(r => r.ItemId == item.Id).Select(r => names.GetValueOrDefault(r.CategoryId, r.CategoryId));
            rows.Add(item.MemoryType, string.Join(", ", categories), item.Summary);
        }

        rows.ShowOn(output);
    }

    private static void Warn(CliOutput output, MemorizeResult result)
    {
        foreach (var warning in result.Warnings)
        {
            output.Warning(warning);
        }

        if (result.IndexPending)
        {
            output.Warning("The vectors are recorded but could not be written to the index yet; the next use or `memu reindex` delivers them.");
        }
    }

    private static string Outcome(MemorizeResult result) => result.Outcome switch
    {
        MemorizeOutcome.Added => "Added",
        MemorizeOutcome.Replaced => "Replaced",
        _ => "Unchanged",
    };

    private static string Engine(MemorizeResult result) => result.Usage is { Calls: 0, EmbeddingCalls: 0 }
        ? result.Engine
        : $"{result.Engine}: {Format.Count(result.Usage.Calls, "call")}, {Format.Count(result.Usage.InputTokens + result.Usage.OutputTokens, "token")}";
}
