using MemU.Storage;
using System.Globalization;

namespace MemU.Crash;

/// <summary>What a writer said that it did: which stories are told, which notes stand. The last thing that it began may be done or not.</summary>
/// <param name="name">How the writer's stories and notes are called: others may write into the same space.</param>
internal sealed class Ledger(string name)
{
    private const string NotesUrl = "memu:notes";
    private readonly Dictionary<string, (int Version, string Id)> stories = [];
    private readonly Dictionary<string, string> notes = [];

    /// <summary>Acknowledged operations.</summary>
    public int Done { get; private set; }

    /// <summary>What was begun last and not acknowledged; empty when there is nothing.</summary>
    public string[] Pending { get; private set; } = [];

    public bool Ended { get; private set; }

    /// <summary>Takes down a line of the writer.</summary>
    public void Take(string line)
    {
        var words = line.Split('\t');
        Ended |= words[0] == "end";
        switch (words)
        {
            case ["begin", ..]:
                Pending = words[1..];
                return;
            case ["done", "tell", var story, var version, var id]:
                stories[story] = (int.Parse(version, CultureInfo.InvariantCulture), id);
                break;
            case ["done", "forget", var story]:
                stories.Remove(story);
                break;
            case ["done", "note", var text, var id]:
                notes[id] = text;
                break;
            case ["done", "edit", var id, var text]:
                notes[id] = text;
                break;
            case ["done", "remove", var id]:
                notes.Remove(id);
                break;
            default:
                return;
        }

        Done++;
        Pending = [];
    }

    /// <summary>Compares with what a space holds: everything acknowledged is there, whole, and nothing else but what was pending.</summary>
    public async Task CheckAsync(MemorySpace space, string what)
    {
        var pending = string.Join(' ', Pending);
        var told = await ToldAsync(space);
        foreach (var (story, (version, id)) in stories)
        {
            var isPending = Pending is ["tell" or "forget", var s, ..] && s == story;
            Assert.True(told.TryGetValue(story, out var found) || isPending, $"{what}: {story} is lost. Pending: {pending}");
            Assert.True(isPending || found.Version == version, $"{what}: {story} has version {found.Version} instead of {version}. Pending: {pending}");
            Assert.True(found.Id is null || found.Id == id, $"{what}: {story} has another id.");
        }

        var unknown = told.Keys.Except(stories.Keys).Where(s => Pending is not ["tell", var p, ..] || p != s);
        Assert.True(!unknown.Any(), $"{what}: {string.Join(", ", unknown)} is there and was forgotten or never told. Pending: {pending}");
        var items = await ItemsAsync(space, i => i.Summary.Contains($"zqnote{name}", StringComparison.Ordinal) || i.Summary.Contains($"zqedit{name}", StringComparison.Ordinal));
        foreach (var (id, text) in notes)
        {
            var isPending = Pending is ["edit" or "remove", var p, ..] && p == id;
            Assert.True(isPending || items.GetValueOrDefault(id) == text, $"{what}: the note '{text}' is '{items.GetValueOrDefault(id, "gone")}'. Pending: {pending}");
        }

        Assert.True(items.Keys.Except(notes.Keys).Count() <= (Pending is ["note", ..] ? 1 : 0), $"{what}: there are notes that nobody wrote, or removed ones. Pending: {pending}");
    }

    /// <summary>What was told, each story whole: all its passages, and items for it.</summary>
    private async Task<Dictionary<string, (int Version, string? Id)>> ToldAsync(MemorySpace space)
    {
        Dictionary<string, (int Version, string? Id)> told = [];
        foreach (var resource in (await space.ListResourcesAsync(new PageRequest { Limit = PageRequest.MaxLimit })).Items.Where(r => r.Url != NotesUrl))
        {
            var story = resource.Url[(resource.Url.LastIndexOf(':') + 1)..];
            if (!story.StartsWith(name + "-", StringComparison.Ordinal))
            {
                continue;
            }

            var passages = (await space.ListPassagesAsync(resource.Id)).Items.OrderBy(p => p.Position).Select(p => p.Text).ToList();
            var version = Enumerable.Range(1, 50).FirstOrDefault(v => passages.SequenceEqual(new Story(story, v).Messages.Select(m => m.Text)));
            Assert.True(version > 0, $"{resource.Url} is no whole story: {string.Join(" | ", passages)}");
            var word = new Story(story, version).Word;
            var items = await space.ListItemsAsync(new ItemFilter { ResourceId = resource.Id });
            Assert.True(items.Items.Count > 0 && items.Items.All(i => i.Summary.Contains(word, StringComparison.Ordinal)), $"{resource.Url} lacks items of version {version}.");
            told[story] = (version, resource.Id);
        }

        return told;
    }

    private static async Task<Dictionary<string, string>> ItemsAsync(MemorySpace space, Func<MemoryItem, bool> which)
    {
        Dictionary<string, string> found = [];
        for (PageRequest? page = new() { Limit = PageRequest.MaxLimit }; page is not null;)
        {
            var items = await space.ListItemsAsync(ItemFilter.All, page);
            foreach (var item in items.Items.Where(which))
            {
                found[item.Id] = item.Summary;
            }

            page = items.NextCursor is null ? null : page with { Cursor = items.NextCursor };
        }

        return found;
    }
}
