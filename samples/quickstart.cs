#:project ../src/MemU/MemU.csproj
// Remember a conversation and ask about it. No model, no key, no server:
//   dotnet run samples/quickstart.cs
// <readme>
using MemU;
using Microsoft.Extensions.AI;

await using var memu = MemUHost.Create(m => m.UseSqlite("data/memu.db"));
var alice = memu.OpenSpace(user: "alice", agent: "assistant_v1");

await alice.MemorizeAsync([
    new(ChatRole.User, "I'm allergic to peanuts. Please keep that in mind when you suggest recipes."),
    new(ChatRole.Assistant, "I will. Shall I also look for restaurants near the office?"),
    new(ChatRole.User, "Yes, we moved to Harbour Street 12 last week."),
], name: "monday");

var found = await alice.RetrieveAsync("What is Alice allergic to?");
foreach (var (passage, score) in found.Evidence.Take(3))
{
    Console.WriteLine($"{score:0.00}  {passage.Role}: {passage.Text}");
}
// </readme>

Console.WriteLine();
foreach (var (item, _) in found.Items.Take(3))
{
    Console.WriteLine($"Remembered as {item.MemoryType}: {item.Summary}");
}

Console.WriteLine($"Thought by: {found.Engine}. Kept in: {Path.GetFullPath("data")}");
