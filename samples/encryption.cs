#:project ../src/MemU/MemU.csproj
// What is kept on disk, encrypted: a key for each space, wrapped with a master key that is kept elsewhere. See docs/security.md.
//   dotnet run samples/encryption.cs [FOLDER]
using System.Security.Cryptography;
using MemU;
using MemU.Encryption;
using MemU.Resources;

var folder = args.Length > 0 ? args[0] : "data/samples/encryption";
Directory.CreateDirectory(folder);
var keyFile = $"{folder}/master.key";
if (!File.Exists(keyFile))
{
    // Here beside the data, for show only. Keep yours apart from the data and its backups.
    KeyFile.Create(keyFile);
}

await using (var memu = MemUHost.Create(m => m.UseSqlite($"{folder}/data/memu.db").UseEncryption(keyFile)))
{
    var alice = memu.OpenSpace(user: "alice");
    await alice.MemorizeAsync(ResourceRef.Text("user: I keep two parrots in Oslo.", name: "chat"), Modality.Conversation);
    Console.WriteLine($"With the key: {(await alice.RetrieveAsync("Which animals do I keep?")).Evidence[0].Value.Text}");
}

var files = Directory.GetFiles($"{folder}/data", "*", SearchOption.AllDirectories);
Console.WriteLine($"Files that say 'parrots': {files.Count(f => File.ReadAllBytes(f).AsSpan().IndexOf("parrots"u8) >= 0)} of {files.Length}");

// A callback may ask a key store. This one answers with another key.
await using (var stranger = MemUHost.Create(m => m.UseSqlite($"{folder}/data/memu.db").UseEncryption(_ => ValueTask.FromResult(RandomNumberGenerator.GetBytes(32)))))
{
    try
    {
        await stranger.OpenSpace(user: "alice").RetrieveAsync("Which animals do I keep?");
    }
    catch (MemoryStoreException e)
    {
        Console.WriteLine($"With another key: {e.Message.Split(':')[0]}.");
    }
}

// A new master key wraps the keys of the spaces anew; no memory is written again.
var next = $"{folder}/next.key";
File.Delete(next);
KeyFile.Create(next);
await using (var memu = MemUHost.Create(m => m.UseSqlite($"{folder}/data/memu.db").UseEncryption(keyFile)))
{
    Console.WriteLine($"Keys wrapped with the new master key: {await memu.Maintenance.RotateKeysAsync(next)}");
}

File.Move(next, keyFile, overwrite: true);
