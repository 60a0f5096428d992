namespace MemU;

/// <summary>The entry: opens spaces. Thread-safe; one per process is enough, several processes may share the same data.</summary>
public sealed class MemoryService
{
    private readonly SpaceFlows flows;

    internal MemoryService(SpaceFlows flows) => this.flows = flows;

    /// <summary>Opens the memory of one user and agent. Reads nothing; the space comes into being with its first memory.</summary>
    /// <exception cref="ArgumentException">An id is blank, too long or holds control characters.</exception>
    public MemorySpace OpenSpace(string user = MemoryScope.DefaultId, string agent = MemoryScope.DefaultId, string tenant = MemoryScope.DefaultId) =>
        OpenSpace(new MemoryScope(user, agent, tenant));

    /// <summary>Opens the memory of one user and agent.</summary>
    public MemorySpace OpenSpace(MemoryScope scope) => new(scope ?? throw new ArgumentNullException(nameof(scope)), flows);
}
