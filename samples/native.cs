#:project ../src/MemU/MemU.csproj
// The same library in a program compiled ahead of time: no runtime to install, and the first answer a few milliseconds after the start.
//   dotnet publish samples/native.cs -p:PublishAot=true -o artifacts/native-sample && artifacts/native-sample/native [FOLDER]
// The compiler needs a linker: clang, or gcc with -p:CppCompilerAndLinker=gcc.
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using MemU;
using MemU.Encryption;
using MemU.Resources;
using Microsoft.Extensions.AI;

var start = Stopwatch.GetTimestamp();
var folder = args.Length > 0 ? args[0] : "data/samples/native";
var keyFile = $"{folder}/master.key";
Directory.CreateDirectory(folder);
if (!File.Exists(keyFile))
{
    KeyFile.Create(keyFile);
}

await using var memu = MemUHost.Create(m => m.UseSqlite($"{folder}/data/memu.db").UseEncryption(keyFile));
var alice = memu.OpenSpace(user: "alice");
await alice.MemorizeAsync([new(ChatRole.User, "My sister Ada lives in Lund.")], name: "monday");
await alice.MemorizeAsync(ResourceRef.Stream(new MemoryStream(Encoding.UTF8.GetBytes("<h1>Lease</h1><p>The rent is due on the first of the month.</p>")), "lease.html"));
Console.WriteLine($"Asked: {(await alice.RetrieveAsync("Where does Ada live?")).Evidence[0].Value.Text}");
Console.WriteLine($"Read from HTML: {(await alice.RetrieveAsync("When is the rent due?")).Evidence[0].Value.Text}");

var copy = memu.OpenSpace(user: "carol");
using (var export = new MemoryStream())
{
    await alice.ExportAsync(export);
    export.Position = 0;
    await copy.ImportAsync(export);
}

Console.WriteLine($"Imported: {(await copy.RetrieveAsync("Where does Ada live?")).Evidence[0].Value.Text}");
Console.WriteLine($"A space that was given nothing finds: {(await memu.OpenSpace(user: "bob").RetrieveAsync("Where does Ada live?")).Evidence.Count}");
var backup = await memu.Maintenance.BackUpAsync($"{folder}/backups");
await using (var elsewhere = MemUHost.Create(m => m.UseSqlite($"{folder}/restored/memu.db").UseEncryption(keyFile)))
{
    await elsewhere.Maintenance.RestoreAsync(backup.Folder, overwrite: true);
    Console.WriteLine($"Restored: {((await elsewhere.Maintenance.CheckAsync()).IsHealthy ? "healthy" : "not healthy")}");
}

Console.WriteLine($"Compiled {(RuntimeFeature.IsDynamicCodeSupported ? "while it runs" : "ahead of time")}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms");
