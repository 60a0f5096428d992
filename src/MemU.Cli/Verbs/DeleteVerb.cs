using System.CommandLine;
using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Storage;

namespace MemU.Cli.Verbs;

internal static class DeleteVerb
{
    public static Verb Create()
    {
        var id = new Argument<string?>("ID")
        {
            Description = "The id of a resource (goes with its memories and passages), an item or a category (its items stay).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var space = VerbOptions.Switch("--space", "Erase the whole space of --user and --agent for good, to the last byte in the files.");
        var allAgents = VerbOptions.Switch("--all-agents", "With --space: the spaces of --user with every agent.");
        var yes = VerbOptions.Switch("--yes", "Do not ask; needed for --space in a script.");
        return new Verb(
            "delete", "Forget a resource, an item or a category; or erase a whole space for good.",
            "memu delete 0193c0de-1234-7abc-8def-0123456789ab --user alice",
            "memu delete 0193c0de-1234-7abc-8def-0123456789ab --user alice --yes --json",
            "memu delete --space --user alice                      # only says what would be erased",
            "memu delete --space --user alice --all-agents --yes   # prints a receipt")
        {
            Remarks =
                "On a terminal it asks first unless --yes is given; in a script the id is the yes, and --space without --yes erases nothing (exit code 2).\n"
                + "After erasing a space, memu doctor --erased searches every file for what should be gone. Backups and exports still hold it.",
        }.With(id, space, allAgents, yes).Does(call => (call.Get(id), call.Get(space), call.Get(allAgents)) switch
        {
            ({ } one, false, false) => RunAsync(call, one, call.Get(yes)),
            (null, true, var all) => SpaceErasure.RunAsync(call, all, call.Get(yes)),
            (null, false, false) => throw new ArgumentException("Say what to delete: memu delete ID, or memu delete --space for all of it."),
            (_, false, true) => throw new ArgumentException("--all-agents goes with --space."),
            _ => throw new ArgumentException("Give an id or --space, not both."),
        });
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
            new DeletedJson(deleted, kind, id),
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
