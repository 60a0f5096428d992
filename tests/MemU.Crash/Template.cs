using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using MemU.Edit;
using MemU.Resources;
using MemU.Testing;

namespace MemU.Crash;

/// <summary>
/// A data folder from which each scene starts: the memory of alice, to whom things happen, and of canary, who must never notice. Beside it what the
/// deeds need: sources, a backup of another state, an export.
/// </summary>
internal sealed class Template
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Template>>> Made = new();
    private readonly TemporaryFolder folder = new();

    private Template(string vectors) => Vectors = vectors;

    public string Vectors { get; }

    public bool IsEncrypted => Vectors == Places.Encrypted;

    public string Data => folder.At("data");

    /// <summary>The settings of an encrypted folder: they name the file of its master key.</summary>
    public string Settings => folder.At("memu.json");

    /// <summary>The file of another master key.</summary>
    public string NextKey => folder.At("next.key");

    /// <summary>Words that memories hold, and that must not stand in the files of an encrypted folder.</summary>
    public static IEnumerable<string> WordsIn(byte[] bytes) => Words.Where(w => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(w)) >= 0);

    private static string[] Words { get; } =
    [
        .. new[] { new Story("new", 1), new Story("changed", 1), new Story("changed", 2), new Story("monday", 1), new Story("tuesday", 1), new Story("canary", 1), new Story("canary", 2), new Story("elsewhere", 1) }
            .Select(s => s.Word),
        "zqnote", "zqedit", "canary sings", "my dog is called",
    ];

    public string Export => folder.At("alice.jsonl");

    /// <summary>A source that nobody has memorized.</summary>
    public string NewSource => folder.At("new.txt");

    /// <summary>A source that alice has memorized and that says other things now.</summary>
    public string ChangedSource => folder.At("changed.txt");

    /// <summary>A backup of a state that has nothing of alice's, and a space of its own.</summary>
    public string Backup { get; private set; } = "";

    /// <summary>A source of alice's.</summary>
    public string SourceId { get; private set; } = "";

    /// <summary>A note of alice's.</summary>
    public string NoteId { get; private set; } = "";

    /// <summary>The one of a kind of vectors; made once a run.</summary>
    public static Task<Template> Of(string vectors) => Made.GetOrAdd(vectors, v => new Lazy<Task<Template>>(() => MakeAsync(v))).Value;

    private static async Task<Template> MakeAsync(string vectors)
    {
        var template = new Template(vectors);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => template.folder.Dispose();
        await File.WriteAllTextAsync(template.NewSource, new Story("new", 1).Text);
        await File.WriteAllTextAsync(template.ChangedSource, new Story("changed", 1).Text);
        await WriteKeyAsync(template.folder.At("master.key"), Places.Key);
        await WriteKeyAsync(template.NextKey, Places.NextKey);
        await File.WriteAllTextAsync(template.Settings, JsonSerializer.Serialize(new { encryption = new { key_file = template.folder.At("master.key") } }));
        await using (var house = House.Open(template.Data, vectors))
        {
            await template.FillAsync(house);
        }

        await File.WriteAllTextAsync(template.ChangedSource, new Story("changed", 2).Text);
        await using (var other = House.Open(template.folder.At("other"), vectors))
        {
            await other.Space("alice").MemorizeAsync(new Story("elsewhere", 1).Messages, "elsewhere");
            await other.Space("canary").MemorizeAsync(new Story("canary", 2).Messages, "canary");
            template.Backup = (await other.Maintenance.BackUpAsync(template.folder.At("backups"))).Folder;
        }

        return template;
    }

    private static async Task WriteKeyAsync(string file, byte[] key)
    {
        await File.WriteAllTextAsync(file, Convert.ToBase64String(key));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private async Task FillAsync(House house)
    {
        var alice = house.Space("alice");
        await alice.MemorizeAsync(ResourceRef.File(ChangedSource), Modality.Conversation);
        SourceId = (await alice.MemorizeAsync(new Story("monday", 1).Messages, "monday")).Resource.Id;
        await alice.MemorizeAsync(new Story("tuesday", 1).Messages, "tuesday");
        NoteId = (await alice.CreateItemAsync(new NewItem { Summary = "Remember zqnote." })).Id;
        await alice.UpdateItemAsync(NoteId, new ItemEdit { Summary = "Remember zqnote rather." });
        var canary = house.Space("canary");
        await canary.MemorizeAsync(new Story("canary", 1).Messages, "canary");
        await canary.CreateItemAsync(new NewItem { Summary = "The canary sings." });
        await using var export = File.Create(Export);
        await alice.ExportAsync(export);
    }
}
