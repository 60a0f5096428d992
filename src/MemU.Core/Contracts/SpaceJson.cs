namespace MemU.Contracts;

/// <summary>The address of a space, in JSON.</summary>
/// <param name="TenantId">The organisation.</param>
/// <param name="UserId">The person.</param>
/// <param name="AgentId">The agent.</param>
public sealed record SpaceJson(string TenantId, string UserId, string AgentId)
{
    /// <summary>From the model.</summary>
    public static SpaceJson From(MemoryScope s) => new(s.Tenant, s.User, s.Agent);
}
