using MemU.Cli.Output;

namespace MemU.Cli.Verbs;

/// <summary>Shows one thing to people.</summary>
internal static class ShowView
{
    public static void Resource(CliOutput output, Resource resource, Page<MemoryItem> items, Page<Passage> passages)
    {
        output.Line("Resource", Styles.Heading);
        new Fields()
            .Add("id", resource.Id).Add("source", resource.Url).Add("kind", resource.Modality.Name).Add("caption", resource.Caption)
            .Add("added", Format.Time(resource.CreatedAt) + " UTC").Add("size", Format.Bytes(resource.Size)).Add("kept as", resource.LocalPath)
            .ShowOn(output);
        Items(output, items);
        Passages(output, passages);
    }

    public static void Item(
        CliOutput output, MemoryItem item, Resource? source, IReadOnlyList<MemoryCategory> categories, IReadOnlyList<Passage> passages, Page<ItemRevision> history)
    {
        output.Line("Item", Styles.Heading);
        new Fields()
            .Add("id", item.Id).Add("memory", item.Summary).Add("type", item.MemoryType).Add("when", Format.When(item.HappenedAt))
            .Add("categories", string.Join(", ", categories.Select(c => c.Name))).Add("stored", Format.Time(item.CreatedAt) + " UTC")
            .Add("source", source is null ? item.ResourceId : $"{source.Url} ({source.Id})")
            .ShowOn(output);
        Passages(output, new Page<Passage>(passages, null));
        Section(output, "What it said before", history, new Rows("REPLACED (UTC)", "WHY", "MEMORY"), h => [Format.Time(h.ReplacedAt), h.Reason, h.Summary]);
    }

    public static void Category(CliOutput output, MemoryCategory category, Page<MemoryItem> items)
    {
        output.Line("Category", Styles.Heading);
        new Fields().Add("id", category.Id).Add("name", category.Name).Add("description", category.Description).ShowOn(output);
        if (!string.IsNullOrEmpty(category.Summary))
        {
            output.Line();
            output.Line(SafeText.Lines(category.Summary));
        }

        Items(output, items);
    }

    public static void Passage(CliOutput output, Passage passage, Resource? source)
    {
        output.Line("Passage", Styles.Heading);
        new Fields()
            .Add("id", passage.Id).Add("text", passage.Text).Add("who", passage.Role).Add("when", Format.When(passage.HappenedAt))
            .Add("message", passage.MessageId).Add("source", source is null ? passage.ResourceId : $"{source.Url} #{passage.Position + 1} ({source.Id})")
            .ShowOn(output);
    }

    private static void Items(CliOutput output, Page<MemoryItem> items) =>
        Section(output, "Memories", items, new Rows("ID", "WHEN", "TYPE", "MEMORY"), i => [i.Id, Format.When(i.HappenedAt) ?? "-", i.MemoryType, i.Summary]);

    private static void Passages(CliOutput output, Page<Passage> passages) =>
        Section(output, "Words", passages, new Rows("#", "WHEN", "WHO", "TEXT"), p => [Format.Number(p.Position + 1), Format.When(p.HappenedAt) ?? "-", p.Role ?? "-", p.Text]);

    private static void Section<T>(CliOutput output, string heading, Page<T> page, Rows rows, Func<T, string?[]> cells)
    {
        if (page.Items.Count == 0)
        {
            return;
        }

        output.Line();
        output.Line(heading, Styles.Heading);
        foreach (var row in page.Items)
        {
            rows.Add(cells(row));
        }

        rows.ShowOn(output);
        if (page.NextCursor is not null)
        {
            output.Remark("There is more: raise --limit, or use `memu list`.");
        }
    }
}
