using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Storage;

namespace MemU.Cli.Verbs;

internal static class DeleteVerb
{
    public static Verb Create()
    {
        var id = VerbOptions.Required("ID", "The id of a resource (goes with its memories and passages), an item or a category (its items stay).");
        var yes = VerbOptions.Switch("--yes", "Do not ask on a terminal.");
        return new Verb(
            "delete", "Forget a resource, an item or a category.",
            "memu delete 0193c0de-1234-7abc-8def-0123456789ab --user alice",
            "memu delete 0193c0de-1234-7abc-8def-0123456789ab --user alice --yes --json")
        {
            Remarks = "On a terminal it asks first unless --yes is given; in a script the id is the yes.",
        }.With(id, yes).Does(call => RunAsync(call, call.Get(id)!, call.Get(yes)));
    }

    private static async Task<int> RunAsync(VerbCall call, string id, bool yes)
    {
        var (kind, what, delete) = await FindAsync(call, id);
        if (!yes && call.Output.CanAsk && !await call.Output.AskAsync($"Forget {what}?", call.Cancel))
        {
            call.Output.Message("Nothing was deleted.");
            return ExitCodes.Failed;
        }

        var deleted = await delete();
        call.Output.Result(
            new { Deleted = deleted, Kind = kind, Id = id },
            o => o.Line(deleted ? $"Deleted {SafeText.Line(what)}." : $"{id} was gone already."));
        return ExitCodes.Done;
    }

    private static async Task<(string Kind, string What, Func<Task<bool>> Delete)> FindAsync(VerbCall call, string id)
    {
        var (space, cancel) = (call.Space, call.Cancel);
        if (await space.GetResourceAsync(id, cancel) is { } resource)
        {
            var items = await space.ListItemsAsync(new ItemFilter { ResourceId = id }, new PageRequest { Limit = PageRequest.MaxLimit }, cancel);
            var count = items.NextCursor is null ? Format.Count(items.Items.Count, "memory", "memories") : $"more than {items.Items.Count} memories";
            return ("resource", $"the resource {resource.Url} with {count}", () => space.DeleteResourceAsync(id, cancel));
        }

        if (await space.GetItemAsync(id, cancel) is { } item)
        {
            return ("item", $"the {item.MemoryType} '{SafeText.Line(item.Summary, 80)}'", () => space.DeleteItemAsync(id, cancel));
        }

        if (await space.GetCategoryAsync(id, cancel) is { } category)
        {
            return ("category", $"the category {category.Name} (its items stay)", () => space.DeleteCategoryAsync(id, cancel));
        }

        throw await space.GetPassageAsync(id, cancel) is { } passage
            ? new ArgumentException($"{id} is a passage; passages go with their resource: memu delete {passage.ResourceId}")
            : new MemoryNotFoundException("memory", id);
    }
}
