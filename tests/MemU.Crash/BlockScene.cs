using MemU.Storage;
using MemU.Testing;
using MemU.Vectors;

namespace MemU.Crash;

/// <summary>
/// A data folder into which many notes were imported whose vectors were paid for: of which texts they were made is packed in blocks. Alice has them, and canary,
/// who must never notice what happens to alice.
/// </summary>
internal sealed class BlockScene : IDisposable
{
    public const string User = "alice";
    public const string Canary = "canary";

    /// <summary>Notes of each name.</summary>
    public const int Notes = 130;

    private static readonly Lazy<Task<BlockScene>> Made = new(MakeAsync);
    private readonly TemporaryFolder folder = new();

    /// <summary>The folder whose files a fault may strike.</summary>
    public string Root => folder.At("root");

    public string Data => folder.At("root", "data");

    /// <summary>Notes of a third name, whose ids lie among those of the blocks.</summary>
    public string More => folder.At("more.jsonl");

    public static async Task<BlockScene> OpenAsync()
    {
        var template = await Made.Value;
        var scene = new BlockScene();
        Scene.Copy(template.Data, scene.Data);
        File.Copy(template.More, scene.More);
        return scene;
    }

    public House Open() => House.Open(Data, Places.Paid);

    /// <summary>How many blocks there are, of all spaces.</summary>
    public long Blocks => PythonFile.Count(Data, "embedded_blocks");

    /// <summary>What the check complains about, and everything that the spaces say. What is known to be paid for is what the notes say, and no more.</summary>
    public async Task<State> StateAsync(string what)
    {
        await using var house = Open();
        var complaints = await house.ComplaintsAsync();
        await CheckKnownAsync(house, User, what);
        await CheckKnownAsync(house, Canary, what);

        // Writing a note gives their source another random mark.
        return new State([.. (await house.DumpAsync()).Where(l => !l.Contains("resource memu:notes", StringComparison.Ordinal))], complaints);
    }

    /// <summary>Of each note it is known that its words are paid for, and of no words that no note says any more.</summary>
    public static async Task CheckKnownAsync(House house, string user, string what)
    {
        var said = await SaidAsync(house, user);
        IEnumerable<string> imported = from name in "abc" from number in Enumerable.Range(0, Notes) select NotesFile.TextOf(name, number);
        var byHash = imported.Concat(said.Select(s => s.Text)).Append(SingleDeed.Edited).Distinct().ToDictionary(EmbeddedText.HashOf);
        var found = await house.Store.FindEmbeddedTextsAsync(new MemoryScope(user), Places.Paid, byHash.Keys, default);
        (string, string Text)[] known = [.. found.Where(t => t.Collection == VectorCollections.Items).Select(t => (t.Id, byHash[t.TextHash])).Order()];
        Assert.True(
            said.SequenceEqual(known),
            $"{what}\nPaid for and not known, of {user}: {string.Join(", ", said.Except(known).Take(10))}. Known and not said, or twice: {string.Join(", ", known.Except(said).Take(10))}. {said.Count} said, {known.Length} known.");
    }

    /// <summary>The notes of a space, with their ids.</summary>
    public static async Task<IReadOnlyList<(string Id, string Text)>> SaidAsync(House house, string user)
    {
        List<(string, string)> said = [];
        for (PageRequest? page = new() { Limit = PageRequest.MaxLimit }; page is not null;)
        {
            var found = await house.Space(user).ListItemsAsync(page: page);
            said.AddRange(found.Items.Where(i => i.Summary.StartsWith("Remember ", StringComparison.Ordinal)).Select(i => (i.Id, i.Summary)));
            page = found.NextCursor is null ? null : page with { Cursor = found.NextCursor };
        }

        return [.. said.Order()];
    }

    public void Dispose() => folder.Dispose();

    private static async Task<BlockScene> MakeAsync()
    {
        var template = new BlockScene();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => template.Dispose();
        var notes = template.folder.At("notes.jsonl");
        await NotesFile.WriteAsync(notes, "ab", Notes);
        await NotesFile.WriteAsync(template.More, "c", Notes);
        await using (var house = template.Open())
        {
            foreach (var user in new[] { User, Canary })
            {
                await using var export = File.OpenRead(notes);
                await house.Space(user).ImportAsync(export);
            }
        }

        Assert.Equal(2, template.Blocks);
        return template;
    }
}
