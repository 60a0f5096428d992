using System.CommandLine;
using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Server;
using MemU.Server.Auth;

namespace MemU.Cli.Verbs;

internal static class KeysVerb
{
    public static Verb Create()
    {
        var action = new Argument<string>("ACTION") { Description = "create, list or revoke." };
        action.CompletionSources.Add("create", "list", "revoke");
        var id = new Argument<string?>("ID") { Description = "With revoke: the id of the key.", Arity = ArgumentArity.ZeroOrOne };
        var name = VerbOptions.Text("--name", "NAME", "With create: what to call the key. Default: the user's id, or key.");
        var forget = VerbOptions.Switch("--forget", "With revoke --user: remove the keys from the file too, so that it names the user no more.");
        var rights = VerbOptions.Text("--rights", "LIST", "With create: any of read, write, erase, admin. Default: read,write.", [.. RightNames.All]);
        var expires = VerbOptions.Number("--expires-days", "With create: days until it is refused. Default: never.", 1, 36500);
        return new Verb(
            "keys", "Make, list and revoke the API keys of memu serve.",
            "memu keys create --user alice                       # reaches alice's memory, with any agent",
            "memu keys create --user alice --agent coding --rights read --expires-days 90",
            "memu keys create --rights read,write,erase,admin --name operator   # any user of the tenant",
            "memu keys list --json",
            "memu keys revoke 1f0c2a9b7d3e",
            "memu keys revoke --user alice --forget              # all keys that are bound to alice")
        {
            Remarks =
                """
                The secret is shown once, by create; only its hash is kept. A key reaches one tenant (--tenant), and one user or agent where --user or --agent is given.
                A running server takes a new or revoked key at once.
                """,
        }.With(action, id, name, rights, expires, forget).Does(call => (call.Get(action), call.Get(id)) switch
        {
            (not "revoke", _) when call.Get(forget) => throw new ArgumentException("Only revoke --user takes --forget."),
            ("revoke", { }) when call.Get(forget) || call.Names("user_id") => throw new ArgumentException("Revoke one key by its ID, or those of a user with --user and no ID."),
            ("revoke", null) when call.Names("user_id") => RevokeOfUserAsync(call, call.Get(forget)),
            ("create", null) => CreateAsync(call, call.Get(name), RightNames.Parse(call.Get(rights) ?? "read,write"), call.Get(expires)),
            ("list", null) => ListAsync(call),
            ("revoke", { } key) => RevokeAsync(call, key),
            ("revoke", null) => throw new ArgumentException("Say which key: memu keys revoke ID, or --user NAME. `memu keys list` shows the ids."),
            ("create" or "list", _) => throw new ArgumentException("Only revoke takes an id."),
            var (other, _) => throw new ArgumentException($"'{other}' is no action of keys. Actions are create, list and revoke."),
        });
    }

    private static async Task<int> CreateAsync(VerbCall call, string? name, KeyRights rights, int? days)
    {
        var settings = call.Settings.Settings;
        var user = call.Names("user_id") ? settings.UserId : null;
        var agent = call.Names("agent_id") ? settings.AgentId : null;
        var issued = await Store(call).CreateAsync(
            new NewApiKey(name ?? user ?? "key", settings.TenantId, user, agent, rights, days is { } d ? TimeProvider.System.GetUtcNow().AddDays(d) : null), call.Cancel);
        call.Output.Result(KeyJson.From(issued.Key, issued.Secret), o =>
        {
            o.Line(issued.Secret, Styles.Heading);
            o.Remark("Keep it now: it is not shown again. Send it as 'Authorization: Bearer …'.");
            o.Remark($"It reaches {KeyView.Reach(issued.Key)} with the rights {string.Join(", ", RightNames.Of(rights))}. Revoke it with: {call.Surroundings.CommandName} keys revoke {issued.Key.Id}");
        });
        return ExitCodes.Done;
    }

    private static Task<int> ListAsync(VerbCall call)
    {
        var keys = Store(call).List();
        call.Output.Result(new KeyListJson([.. keys.Select(k => KeyJson.From(k, secret: null))]), o => KeyView.Show(o, keys));
        return Task.FromResult(ExitCodes.Done);
    }

    private static async Task<int> RevokeAsync(VerbCall call, string id)
    {
        if (!await Store(call).RevokeAsync(id, call.Cancel))
        {
            throw new MemUException($"There is no key with the id '{id}'. `memu keys list` shows the ids.");
        }

        call.Output.Result(new RevokedKeyJson(Revoked: true, id), o => o.Line($"Revoked {SafeText.Line(id)}. Running servers refuse it from now on.", Styles.Good));
        return ExitCodes.Done;
    }

    private static async Task<int> RevokeOfUserAsync(VerbCall call, bool forget)
    {
        var settings = call.Settings.Settings;
        var ids = await Store(call).RevokeOfUserAsync(settings.UserId, settings.TenantId, forget, call.Cancel);
        call.Output.Result(new RevokedKeysJson(ids, forget), o => o.Line($"Revoked {Format.Count(ids.Count, "key")}{(forget ? " and removed them from the file" : "")}. Running servers refuse them from now on.", Styles.Good));
        return ExitCodes.Done;
    }

    private static ApiKeyStore Store(VerbCall call) => new(MemUServer.KeysFileOf(call.Settings.Settings), TimeProvider.System);
}
