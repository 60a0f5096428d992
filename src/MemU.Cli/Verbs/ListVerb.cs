using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Storage;

namespace MemU.Cli.Verbs;

internal static class ListVerb
{
    private static readonly string[] kinds = ["resources", "items", "categories", "passages", "history", "spaces"];

    public static Verb Create()
    {
        var kind = VerbOptions.Required("WHAT", "resources, items, categories, passages, history or spaces.", kinds);
        var (limit, cursor) = VerbOptions.Paging();
        var category = VerbOptions.Text("--category", "NAME|ID", "Only items of this category.");
        var type = VerbOptions.Text("--type", "TYPE", "Only items of this type: profile, event, knowledge, behavior or your own.", [.. MemoryTypes.Default]);
        var resource = VerbOptions.Text("--resource", "ID", "Only items or passages of this resource.");
        var item = VerbOptions.Text("--item", "ID", "Only the history of this item.");
        return new Verb(
            "list", "Show what is remembered, newest first, page by page.",
            "memu list resources --user alice",
            "memu list items --user alice --category preferences --limit 20",
            "memu list items --user alice --type event --json",
            "memu list passages --resource 0193c0de-…   # the words themselves, in order",
            "memu list spaces                           # who has memories in this data folder")
            .With(kind, limit, cursor, category, type, resource, item).Does(call =>
            {
                var filter = new ListFilter(call.Get(category), call.Get(type), call.Get(resource), call.Get(item));
                var page = call.Page(limit, cursor);
                return call.Get(kind)!.Trim().ToLowerInvariant() switch
                {
                    "resources" => ResourcesAsync(call, page, filter.Only("resources")),
                    "items" => ItemsAsync(call, page, filter.Only("items", "--category", "--type", "--resource")),
                    "categories" => CategoriesAsync(call, page, filter.Only("categories")),
                    "passages" => PassagesAsync(call, page, filter.Only("passages", "--resource")),
                    "history" => HistoryAsync(call, page, filter.Only("history", "--item")),
                    "spaces" => SpacesAsync(call, filter.Only("spaces")),
                    var other => throw new ArgumentException($"'{other}' cannot be listed. Known: {string.Join(", ", kinds)}."),
                };
            });
    }

    private static async Task ResourcesAsync(VerbCall call, PageRequest request, ListFilter filter)
    {
        var page = await call.Space.ListResourcesAsync(request, call.Cancel);
        call.Output.Result(ResourceListJson.From(page), o => PageView.Show(
            o, page, new Rows("ID", "ADDED (UTC)", "KIND", "SIZE", "SOURCE AND CAPTION"),
            r => [r.Id, Format.Time(r.CreatedAt), r.Modality.Name, Format.Bytes(r.Size), r.Caption is null ? r.Url : $"{r.Url} · {r.Caption}"]));
    }

    private static async Task ItemsAsync(VerbCall call, PageRequest request, ListFilter filter)
    {
        var itemFilter = new ItemFilter
        {
            ResourceId = filter.Resource,
            MemoryType = filter.Type,
            CategoryId = filter.Category is { } c ? (await CategoryLookup.GetAsync(call, c)).Id : null,
        };
        var page = await call.Space.ListItemsAsync(itemFilter, request, call.Cancel);
        call.Output.Result(ItemListJson.From(page), o => PageView.Show(
            o, page, new Rows("ID", "WHEN", "TYPE", "MEMORY"), i => [i.Id, Format.When(i.HappenedAt) ?? "-", i.MemoryType, i.Summary]));
    }

    private static async Task CategoriesAsync(VerbCall call, PageRequest request, ListFilter filter)
    {
        var page = await call.Space.ListCategoriesAsync(request, call.Cancel);
        call.Output.Result(CategoryListJson.From(page), o => PageView.Show(
            o, page, new Rows("ID", "NAME", "SUMMARY OR DESCRIPTION"), c => [c.Id, c.Name, SafeText.Line(string.IsNullOrEmpty(c.Summary) ? c.Description : c.Summary, 200)]));
    }

    private static async Task PassagesAsync(VerbCall call, PageRequest request, ListFilter filter)
    {
        var page = await call.Space.ListPassagesAsync(filter.Resource, request, call.Cancel);
        call.Output.Result(PassageListJson.From(page), o => PageView.Show(
            o, page, new Rows("ID", "#", "WHEN", "WHO", "TEXT"),
            p => [p.Id, Format.Number(p.Position + 1), Format.When(p.HappenedAt) ?? "-", p.Role ?? "-", p.Text]));
    }

    private static async Task HistoryAsync(VerbCall call, PageRequest request, ListFilter filter)
    {
        var page = await call.Space.ListHistoryAsync(filter.Item, request, call.Cancel);
        call.Output.Result(RevisionListJson.From(page), o => PageView.Show(
            o, page, new Rows("ITEM", "REPLACED (UTC)", "WHY", "WHAT IT SAID"), h => [h.ItemId, Format.Time(h.ReplacedAt), h.Reason, h.Summary]));
    }

    private static async Task SpacesAsync(VerbCall call, ListFilter filter)
    {
        var spaces = new List<MemoryScope>();
        await foreach (var scope in call.Host.Maintenance.ListSpacesAsync(call.Cancel))
        {
            spaces.Add(scope);
        }

        call.Output.Result(new SpaceListJson([.. spaces.Select(SpaceJson.From)]), o => PageView.Show(
            o, new Page<MemoryScope>(spaces, null), new Rows("TENANT", "USER", "AGENT"), s => [s.Tenant, s.User, s.Agent]));
    }
}
