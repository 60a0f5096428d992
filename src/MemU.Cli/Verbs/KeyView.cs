using MemU.Cli.Output;
using MemU.Server.Auth;

namespace MemU.Cli.Verbs;

/// <summary>API keys for people and as JSON; never a hash, and the secret only when it was just made.</summary>
internal static class KeyView
{
    public static object Json(ApiKey key, string? secret)
    {
        var view = new Dictionary<string, object?>
        {
            ["id"] = key.Id, ["name"] = key.Name, ["tenant_id"] = key.Tenant, ["user_id"] = key.User, ["agent_id"] = key.Agent, ["rights"] = RightNames.Of(key.Rights),
            ["state"] = key.StateAt(TimeProvider.System.GetUtcNow()), ["created_at"] = key.CreatedAt, ["expires_at"] = key.ExpiresAt, ["revoked_at"] = key.RevokedAt,
        };
        if (secret is not null)
        {
            view["key"] = secret;
        }

        return view;
    }

    public static string Reach(ApiKey key) =>
        SafeText.Line($"{(key.User is null ? "any user" : $"user '{key.User}'")}, {(key.Agent is null ? "any agent" : $"agent '{key.Agent}'")}, tenant '{key.Tenant}'");

    public static void Show(CliOutput output, IReadOnlyList<ApiKey> keys)
    {
        var rows = new Rows("ID", "STATE", "RIGHTS", "EXPIRES", "REACHES", "NAME");
        foreach (var key in keys)
        {
            rows.Add(
                key.Id, key.StateAt(TimeProvider.System.GetUtcNow()), string.Join(",", RightNames.Of(key.Rights)), key.ExpiresAt?.UtcDateTime.ToString("yyyy-MM-dd") ?? "never",
                Reach(key), SafeText.Line(key.Name));
        }

        rows.ShowOn(output);
        if (keys.Count == 0)
        {
            output.Remark("There is no key yet: memu keys create --user NAME");
        }
    }
}
