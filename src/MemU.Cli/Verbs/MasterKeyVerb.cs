using System.CommandLine;
using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Encryption;

namespace MemU.Cli.Verbs;

internal static class MasterKeyVerb
{
    private static readonly string[] actions = ["new", "rotate"];

    public static Verb Create()
    {
        var action = VerbOptions.Required("ACTION", "new: make a master key in a new file. rotate: replace the master key of the data folder.", actions);
        var file = new Argument<string?>("FILE") { Arity = ArgumentArity.ZeroOrOne, Description = "With new: the file to make." };
        var next = VerbOptions.Text("--new-key-file", "FILE", "With rotate: the file that holds the new master key.");
        return new Verb(
            "master-key", "Make the master key of an encrypted data folder, or replace it.",
            "memu master-key new master.key",
            "MEMU_ENCRYPTION_KEY_FILE=master.key memu master-key rotate --new-key-file next.key")
        {
            Remarks =
                """
                With MEMU_ENCRYPTION_KEY_FILE (or MEMU_ENCRYPTION_KEY, or encryption.* in memu.json) an empty data folder becomes an encrypted one at its first memory.
                Who loses the master key loses the data. Keep it apart from the data folder and its backups.
                A rotation rewrites no data. If it was cut short, run it again; then use the new key everywhere.
                """,
        }.With(action, file, next).Does(call => call.Get(action)!.Trim().ToLowerInvariant() switch
        {
            "new" => MakeAsync(call, Only(call.Get(file), "FILE", call.Get(next), "--new-key-file", "new")),
            "rotate" => RotateAsync(call, Only(call.Get(next), "--new-key-file", call.Get(file), "FILE", "rotate")),
            var other => throw new ArgumentException($"'{other}' is nothing to do with a master key. Known: {string.Join(", ", actions)}."),
        });
    }

    private static string Only(string? wanted, string name, string? other, string otherName, string action) =>
        other is not null ? throw new ArgumentException($"master-key {action} takes no {otherName}.")
        : wanted is null ? throw new ArgumentException($"master-key {action} needs {name}.")
        : NamedPath.Of(wanted, name);

    private static Task MakeAsync(VerbCall call, string file)
    {
        KeyFile.Create(file);
        call.Output.Result(new MasterKeyJson(file, 0), o =>
        {
            o.Line($"Made a master key in {SafeText.Line(file)}. Keep a copy in a safe place: without it the data cannot be read.");
            o.Remark($"To use it: MEMU_ENCRYPTION_KEY_FILE={Shell.Quote(file)}");
        });
        return Task.CompletedTask;
    }

    private static async Task RotateAsync(VerbCall call, string file)
    {
        var maintenance = call.Host.Maintenance;
        var count = await ProgressBar.MaintainAsync(call.Output, p => maintenance.RotateKeysAsync(file, p, call.Cancel));
        call.Output.Result(new MasterKeyJson(file, count), o =>
        {
            o.Line($"{Format.Count(count, "key")} wrapped with the master key in {SafeText.Line(file)}. The former one opens nothing here any more.");
            o.Remark("Give the new key to every program that uses this data folder. Backups made before still need the former one.");
        });
    }
}
