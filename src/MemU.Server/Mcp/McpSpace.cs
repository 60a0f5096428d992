using MemU.Server.Auth;
using ModelContextProtocol;

namespace MemU.Server.Mcp;

/// <summary>The space that a call of a tool is about. What the model says never chooses it: it follows from the key, or from how the process was started.</summary>
/// <param name="open">Opens it for a verb that needs a right.</param>
internal sealed class McpSpace(Func<KeyRights, string, MemorySpace> open)
{
    /// <summary>Over HTTP: the caller's key, and the ids in the query of the URL that the client was configured with.</summary>
    public static McpSpace OfRequests(IHttpContextAccessor requests) => new((right, verb) =>
    {
        var context = requests.HttpContext ?? throw new InvalidOperationException("A tool was called outside a request.");
        AuditTrail.NoteVerb(context, $"mcp {verb}");
        return ScopeBinding.CallerOf(context).Rights.HasFlag(right)
            ? context.RequestServices.GetRequiredService<MemoryService>().OpenSpace(ScopeBinding.Of(context))
            : throw new McpException($"This needs the right '{right.ToString().ToLowerInvariant()}', which the key does not have.");
    });

    /// <summary>Over stdio: one space for the life of the process.</summary>
    public static McpSpace Of(MemorySpace space) => new((_, _) => space);

    public MemorySpace Open(KeyRights right, string verb) => open(right, verb);
}
