#:project ../src/MemU/MemU.csproj
// What an operator does: bring the data to this version, check it, back it up, restore it elsewhere.
//   dotnet run samples/migration.cs [FOLDER]
using MemU;
using MemU.Resources;

var folder = args.Length > 0 ? args[0] : "data/samples/migration";
await using var memu = MemUHost.Create(m => m.UseSqlite($"{folder}/memu.db"));

// A data folder of the Python code is upgraded in place, after a copy; the Python code can go on using it.
var steps = await memu.Maintenance.MigrateAsync();
Console.WriteLine(steps.Count == 0 ? "The data was up to date." : $"Applied: {string.Join(", ", steps)}");

await memu.OpenSpace(user: "user123", agent: "assistant_v1")
    .MemorizeAsync(ResourceRef.Text("user: I was born in Turin.", name: "chat"), Modality.Conversation);

var backup = await memu.Maintenance.BackUpAsync($"{folder}/backups");
Console.WriteLine($"Backup: {backup.Files} files, {backup.Bytes} bytes, {backup.Spaces} space(s) in {Path.GetFileName(backup.Folder)}");

await using (var elsewhere = MemUHost.Create(m => m.UseSqlite($"{folder}/restored/memu.db")))
{
    await elsewhere.Maintenance.RestoreAsync(backup.Folder, overwrite: true);
    var report = await elsewhere.Maintenance.CheckAsync();
    Console.WriteLine($"Restored elsewhere: {(report.IsHealthy ? "healthy" : string.Join(", ", report.Findings.Select(f => f.Message)))}");
    var found = await elsewhere.OpenSpace(user: "user123", agent: "assistant_v1").RetrieveAsync("Where was I born?");
    Console.WriteLine($"It remembers: {found.Evidence.First().Value.Text}");
}

// All data of all spaces, without a way back but a backup:
// await memu.Maintenance.ResetAsync();
