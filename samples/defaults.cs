#:project ../src/MemU/MemU.csproj
// A program with one user and one agent names neither: both are "default".
//   dotnet run samples/defaults.cs [FOLDER]
using MemU;
using MemU.Resources;

var folder = args.Length > 0 ? args[0] : "data/samples/defaults";
await using var memu = MemUHost.Create(m => m.UseSqlite($"{folder}/memu.db"));
var memory = memu.OpenSpace();
Console.WriteLine($"This is the memory of {memory.Scope}.");

var note = ResourceRef.Text("The spare key lies under the third flower pot.", name: "spare key");
Console.WriteLine($"First time:  {(await memory.MemorizeAsync(note)).Outcome}");
Console.WriteLine($"Second time: {(await memory.MemorizeAsync(note)).Outcome}");

var statistics = await memory.GetStatisticsAsync();
Console.WriteLine($"{statistics.Resources} source, {statistics.Passages} passage, {statistics.Categories} categories.");
