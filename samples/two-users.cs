#:project ../src/MemU/MemU.csproj
// Two users, one data folder, one agent. Neither sees a word of the other.
//   dotnet run samples/two-users.cs [FOLDER]
using MemU;
using MemU.Resources;

var folder = args.Length > 0 ? args[0] : "data/samples/two-users";
await using var memu = MemUHost.Create(m => m.UseSqlite($"{folder}/memu.db"));

var alice = memu.OpenSpace(user: "alice", agent: "assistant_v1");
var bob = memu.OpenSpace(user: "bob", agent: "assistant_v1");

await alice.MemorizeAsync(ResourceRef.Text("user: I am allergic to peanuts.\nuser: My sister Nora lives in Lisbon.", name: "chat"), Modality.Conversation);
await bob.MemorizeAsync(ResourceRef.Text("user: I eat peanut butter every morning.\nuser: I play the cello.", name: "chat"), Modality.Conversation);

foreach (var space in new[] { alice, bob })
{
    var found = await space.RetrieveAsync("What about peanuts?");
    Console.WriteLine($"{space.Scope}");
    foreach (var (passage, _) in found.Evidence)
    {
        Console.WriteLine($"  {passage.Text}");
    }
}

// An id of one space does not exist in the other.
var chat = (await alice.ListResourcesAsync()).Items.Single();
Console.WriteLine($"Alice's chat seen by Alice: {await alice.GetResourceAsync(chat.Id) is not null}, by Bob: {await bob.GetResourceAsync(chat.Id) is not null}");
