using MemU.Maintenance;
using Microsoft.Extensions.DependencyInjection;

namespace MemU;

/// <summary>A self-contained MemU for programs without a container. Dispose it when the program ends.</summary>
public sealed class MemUHost : IAsyncDisposable
{
    private readonly ServiceProvider provider;

    private MemUHost(ServiceProvider provider)
    {
        this.provider = provider;
        Service = provider.GetRequiredService<MemoryService>();
        Maintenance = provider.GetRequiredService<MemoryMaintenance>();
    }

    /// <summary>Opens spaces.</summary>
    public MemoryService Service { get; }

    /// <summary>The operator's verbs.</summary>
    public MemoryMaintenance Maintenance { get; }

    /// <summary>Creates a host; without choices everything is in memory and offline. No file is opened and no network is used yet.</summary>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it and the fix.</exception>
    public static MemUHost Create(Action<MemUBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        var builder = services.AddMemU();
        configure?.Invoke(builder);
        return new MemUHost(services.BuildServiceProvider());
    }

    /// <summary>Opens the memory of one user and agent; see <see cref="MemoryService.OpenSpace(string, string, string)"/>.</summary>
    public MemorySpace OpenSpace(string user = MemoryScope.DefaultId, string agent = MemoryScope.DefaultId, string tenant = MemoryScope.DefaultId) =>
        Service.OpenSpace(user, agent, tenant);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => provider.DisposeAsync();
}
