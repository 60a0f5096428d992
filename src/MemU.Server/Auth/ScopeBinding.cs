using MemU.Server.Web;

namespace MemU.Server.Auth;

/// <summary>
/// The one place where a request becomes a scope. Ids come from the query, from the body, or from the caller's key; what the key is bound to wins over
/// nothing and is never widened.
/// </summary>
internal static class ScopeBinding
{
    /// <summary>The names of the ids in queries, bodies and forms.</summary>
    public const string TenantField = "tenant_id", UserField = "user_id", AgentField = "agent_id";

    /// <summary>The space that the request is about.</summary>
    /// <param name="context">The request of an authenticated caller.</param>
    /// <param name="body">The ids in its body, if any.</param>
    /// <exception cref="ForbiddenSpaceException">The caller may not name such a space.</exception>
    /// <exception cref="InvalidRequestException">An id is no id, or is given twice with two values.</exception>
    public static MemoryScope Of(HttpContext context, SpaceIds? body = null)
    {
        var asked = Asked(context, body);
        var scope = Of(CallerOf(context), asked);
        AuditTrail.Note(context, scope);
        return scope;
    }

    /// <summary>The space of a caller who asks for these ids.</summary>
    public static MemoryScope Of(Caller caller, SpaceIds asked)
    {
        var tenant = Bound(caller.Tenant, asked.Tenant, TenantField);
        var user = Bound(caller.User, asked.User, UserField);
        var agent = Bound(caller.Agent, asked.Agent, AgentField);
        try
        {
            return new MemoryScope(user ?? MemoryScope.DefaultId, agent ?? MemoryScope.DefaultId, tenant ?? MemoryScope.DefaultId);
        }
        catch (ArgumentException e)
        {
            throw new InvalidRequestException($"{e.ParamName}_id", Problem.MessageOf(e));
        }
    }

    /// <summary>True when the request or the key says whose space it is, so that it is not the default one by mere omission.</summary>
    public static bool NamesUser(HttpContext context, SpaceIds? body = null) => (CallerOf(context).User ?? Asked(context, body).User) is not null;

    /// <summary>True when the caller reaches this space and it is one of those that the ids name; an id that is left out names all.</summary>
    public static bool Reaches(Caller caller, SpaceIds asked, MemoryScope space) =>
        Is(caller.Tenant, space.Tenant) && Is(caller.User, space.User) && Is(caller.Agent, space.Agent)
        && Is(asked.Tenant, space.Tenant) && Is(asked.User, space.User) && Is(asked.Agent, space.Agent);

    /// <summary>Who calls.</summary>
    public static Caller CallerOf(HttpContext context) =>
        CallerIdentity.Of(context.User) ?? throw new InvalidOperationException("A scope was asked for before the caller was known.");

    private static bool Is(string? wanted, string id) => wanted is null || string.Equals(wanted, id, StringComparison.Ordinal);

    /// <summary>The ids that the query and the body name.</summary>
    /// <exception cref="InvalidRequestException">One is given twice with two values.</exception>
    public static SpaceIds Asked(HttpContext context, SpaceIds? body = null) => new(
        Pick(context, body?.Tenant, TenantField), Pick(context, body?.User, UserField), Pick(context, body?.Agent, AgentField));

    private static string? Pick(HttpContext context, string? inBody, string field)
    {
        var inQuery = context.Request.Query[field];
        if (inQuery.Count > 1 || (inQuery.Count == 1 && inBody is not null && inBody != inQuery[0]))
        {
            throw new InvalidRequestException(field, $"{field} is given twice. Give it once, in the query or in the body.");
        }

        return inQuery.Count == 1 ? inQuery[0] ?? "" : inBody;
    }

    private static string? Bound(string? own, string? asked, string field) =>
        own is null || asked is null || string.Equals(own, asked, StringComparison.Ordinal) ? own ?? asked : throw new ForbiddenSpaceException(field);
}
