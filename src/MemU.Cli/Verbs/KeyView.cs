using MemU.Cli.Output;
using MemU.Server.Auth;

namespace MemU.Cli.Verbs;

/// <summary>API keys for people.</summary>
internal static class KeyView
{
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
