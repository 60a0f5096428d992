#:project ../src/MemU/MemU.csproj
// For tests and for what need not last: nothing is written to disk, and all is gone with the host.
//   dotnet run samples/in-memory.cs
using MemU;
using MemU.Resources;

await using (var memu = MemUHost.Create(m => m.UseInMemory()))
{
    var memory = memu.OpenSpace(user: "temp_user", agent: "temp_agent");
    await memory.MemorizeAsync(ResourceRef.Text("user: The demo starts at nine.", name: "demo"), Modality.Conversation);
    var found = await memory.RetrieveAsync("When does the demo start?");
    Console.WriteLine($"While the host lives: {found.Evidence.First().Value.Text}");
}

await using (var memu = MemUHost.Create(m => m.UseInMemory()))
{
    var memory = memu.OpenSpace(user: "temp_user", agent: "temp_agent");
    var found = await memory.RetrieveAsync("When does the demo start?");
    Console.WriteLine($"In the next host: {found.Evidence.Count} passages.");
}
