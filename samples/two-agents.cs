#:project ../src/MemU/MemU.csproj
// One user, two agents. Each agent keeps a memory of its own.
//   dotnet run samples/two-agents.cs [FOLDER]
using MemU;
using MemU.Edit;
using MemU.Resources;

var folder = args.Length > 0 ? args[0] : "data/samples/two-agents";
await using var memu = MemUHost.Create(m => m.UseSqlite($"{folder}/memu.db"));

var general = memu.OpenSpace(user: "charlie", agent: "general_assistant");
var coding = memu.OpenSpace(user: "charlie", agent: "coding_assistant");

await general.MemorizeAsync(ResourceRef.Text("user: My daughter starts school in September.", name: "family"), Modality.Conversation);
await coding.MemorizeAsync(ResourceRef.Text("user: I indent Rust with four spaces and never use tabs.", name: "style"), Modality.Conversation);

// Not everything has to be extracted from a source: an item can be written by hand.
var rule = await coding.CreateItemAsync(new NewItem
{
    Summary = "Charlie wants every public function to have a test.",
    MemoryType = MemoryTypes.Behavior,
    Categories = ["habits"],
});
Console.WriteLine($"Written by hand: {rule.Summary}");

foreach (var space in new[] { general, coding })
{
    Console.WriteLine(space.Scope);
    foreach (var item in (await space.ListItemsAsync()).Items)
    {
        Console.WriteLine($"  [{item.MemoryType}] {item.Summary}");
    }
}
