using System.Globalization;
using MemU.Edit;
using MemU.Storage;

namespace MemU.Crash;

/// <summary>
/// Writes into one space for ever, or so many times, in an order that the seed decides, and says on its output what it begins and what is done: one
/// line each, written at once. A line <c>done</c> is a promise that the reader of the output will hold it to.
/// </summary>
internal sealed class Writer(MemorySpace space, TextWriter output, string name, int seed)
{
    private readonly Random random = new(seed);
    private readonly Dictionary<string, (int Version, string Id)> stories = [];
    private readonly List<string> notes = [];
    private int made;

    public async Task RunAsync(int rounds)
    {
        // Notes of its name that are there are its own, for example imported ones.
        for (PageRequest? page = new() { Limit = PageRequest.MaxLimit }; page is not null;)
        {
            var found = await space.ListItemsAsync(ItemFilter.All, page);
            notes.AddRange(found.Items.Where(i => i.Summary.Contains($"zqnote{name}", StringComparison.Ordinal)).Select(i => i.Id));
            page = found.NextCursor is null ? null : page with { Cursor = found.NextCursor };
        }

        Say("ready");
        for (var i = 0; rounds < 0 || i < rounds; i++)
        {
            await StepAsync();
        }

        Say("end");
    }

    private Task StepAsync() => random.Next(10) switch
    {
        < 4 => TellAsync($"{name}-{++made}", 1),
        < 5 when stories.Count > 0 => TellAsync(Any(stories.Keys), 0),
        < 6 when stories.Count > 2 => ForgetAsync(Any(stories.Keys)),
        < 8 when notes.Count > 0 => EditAsync(Any(notes)),
        8 when notes.Count > 2 => RemoveAsync(Any(notes)),
        _ => NoteAsync(),
    };

    private async Task TellAsync(string story, int version)
    {
        var next = new Story(story, version > 0 ? version : stories[story].Version + 1);
        Say("begin", "tell", next.Name, next.Version);
        var result = await space.MemorizeAsync(next.Messages, next.Name);
        stories[story] = (next.Version, result.Resource.Id);
        Say("done", "tell", next.Name, next.Version, result.Resource.Id);
    }

    private async Task ForgetAsync(string story)
    {
        Say("begin", "forget", story);
        await space.DeleteResourceAsync(stories[story].Id);
        stories.Remove(story);
        Say("done", "forget", story);
    }

    private async Task NoteAsync()
    {
        var text = $"Remember zqnote{name}{++made}.";
        Say("begin", "note", text);
        var item = await space.CreateItemAsync(new NewItem { Summary = text, MemoryType = MemoryTypes.Knowledge });
        notes.Add(item.Id);
        Say("done", "note", text, item.Id);
    }

    private async Task EditAsync(string id)
    {
        var text = $"Remember rather zqedit{name}{++made}.";
        Say("begin", "edit", id, text);
        await space.UpdateItemAsync(id, new ItemEdit { Summary = text });
        Say("done", "edit", id, text);
    }

    private async Task RemoveAsync(string id)
    {
        Say("begin", "remove", id);
        await space.DeleteItemAsync(id);
        notes.Remove(id);
        Say("done", "remove", id);
    }

    private T Any<T>(ICollection<T> all) => all.ElementAt(random.Next(all.Count));

    private void Say(params object[] words)
    {
        output.WriteLine(string.Join('\t', words.Select(w => Convert.ToString(w, CultureInfo.InvariantCulture))));
        output.Flush();
    }
}
