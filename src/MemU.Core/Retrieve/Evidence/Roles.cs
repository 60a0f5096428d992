using System.Collections.Frozen;

namespace MemU.Retrieve.Evidence;

/// <summary>Tells the roles that chat formats use from names.</summary>
internal static class Roles
{
    private static readonly FrozenSet<string> User = FrozenSet.ToFrozenSet(["user", "human", "me"], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Assistant = FrozenSet.ToFrozenSet(
        ["assistant", "ai", "bot", "chatbot", "model", "agent", "system", "tool", "function", "developer"], StringComparer.OrdinalIgnoreCase);

    public static RoleKind KindOf(string? role) => role?.Trim() switch
    {
        null or "" => RoleKind.None,
        var r when User.Contains(r) => RoleKind.User,
        var r when Assistant.Contains(r) => RoleKind.Assistant,
        _ => RoleKind.Named,
    };
}
