using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Storage;

namespace MemU.Cli.Verbs;

internal static class ShowVerb
{
    public static Verb Create()
    {
        var id = VerbOptions.Required("ID", "The id of a resource, item, category or passage, or the name of a category.");
        var limit = VerbOptions.Number("--limit", "Items and passages to show with it. Default: 50.", 1, PageRequest.MaxLimit);
        return new Verb(
            "show", "Show one thing and what belongs to it.",
            "memu show 0193c0de-1234-7abc-8def-0123456789ab --user alice",
            "memu show preferences --user alice        # a category by its name")
            .With(id, limit).Does(call => RunAsync(call, call.Get(id)!, new PageRequest { Limit = call.Get(limit) ?? PageRequest.First.Limit }));
    }

    private static async Task RunAsync(VerbCall call, string id, PageRequest page)
    {
        var (space, cancel) = (call.Space, call.Cancel);
        if (await space.GetResourceAsync(id, cancel) is { } resource)
        {
            var items = await space.ListItemsAsync(new ItemFilter { ResourceId = id }, page, cancel);
            var passages = await space.ListPassagesAsync(id, page, cancel);
            call.Output.Result(
                new ShownResourceJson("resource", ResourceJson.From(resource), ItemListJson.From(items).Items, PassageListJson.From(passages).Passages),
                o => ShowView.Resource(o, resource, items, passages));
        }
        else if (await space.GetItemAsync(id, cancel) is { } item)
        {
            var source = await space.GetResourceAsync(item.ResourceId, cancel);
            var categories = await space.GetCategoriesOfItemAsync(id, cancel);
            var history = await space.ListHistoryAsync(id, page, cancel);
            var passages = await PassagesAsync(call, item.PassageIds);
            call.Output.Result(
                new ShownItemJson(
                    "item", ItemJson.From(item), [.. categories.Select(c => CategoryJson.From(c))], [.. passages.Select(p => PassageJson.From(p))],
                    RevisionListJson.From(history).History),
                o => ShowView.Item(o, item, source, categories, passages, history));
        }
        else if (await space.GetPassageAsync(id, cancel) is { } passage)
        {
            var source = await space.GetResourceAsync(passage.ResourceId, cancel);
            call.Output.Result(new ShownPassageJson("passage", PassageJson.From(passage)), o => ShowView.Passage(o, passage, source));
        }
        else if (await CategoryLookup.FindAsync(call, id) is { } category)
        {
            var items = await space.ListItemsAsync(new ItemFilter { CategoryId = category.Id }, page, cancel);
            call.Output.Result(
                new ShownCategoryJson("category", CategoryJson.From(category), ItemListJson.From(items).Items),
                o => ShowView.Category(o, category, items));
        }
        else
        {
            throw new MemoryNotFoundException("memory", id);
        }
    }

    private static async Task<IReadOnlyList<Passage>> PassagesAsync(VerbCall call, IReadOnlyList<string> ids)
    {
        var passages = new List<Passage>();
        foreach (var id in ids)
        {
            if (await call.Space.GetPassageAsync(id, call.Cancel) is { } passage)
            {
                passages.Add(passage);
            }
        }

        return passages;
    }
}
