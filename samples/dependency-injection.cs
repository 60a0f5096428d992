#:project ../src/MemU/MemU.csproj
// In a program with a container: AddMemU, choose the parts, inject MemoryService.
//   dotnet run samples/dependency-injection.cs [FOLDER]
using MemU;
using MemU.Resources;
using Microsoft.Extensions.DependencyInjection;

var folder = args.Length > 0 ? args[0] : "data/samples/dependency-injection";
var services = new ServiceCollection();
services.AddMemU().UseSqlite($"{folder}/memu.db");
services.AddSingleton<Concierge>();

await using var provider = services.BuildServiceProvider();
var concierge = provider.GetRequiredService<Concierge>();
await concierge.ListenAsync("dora", "I always want a room on a high floor.");
await concierge.ListenAsync("emil", "I always want a room near the lift.");
Console.WriteLine($"dora: {await concierge.RecallAsync("dora", "Which room?")}");
Console.WriteLine($"emil: {await concierge.RecallAsync("emil", "Which room?")}");

internal sealed class Concierge(MemoryService memory)
{
    public Task ListenAsync(string guest, string words) =>
        memory.OpenSpace(user: guest, agent: "concierge").MemorizeAsync(ResourceRef.Text($"user: {words}"), Modality.Conversation);

    public async Task<string> RecallAsync(string guest, string question) =>
        (await memory.OpenSpace(user: guest, agent: "concierge").RetrieveAsync(question)).Evidence[0].Value.Text;
}
