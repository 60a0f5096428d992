using Microsoft.Extensions.DependencyInjection;

namespace MemU;

/// <summary>Chooses the parts of a host. The last choice of a part wins; what is not chosen is in memory and offline.</summary>
public sealed class MemUBuilder(IServiceCollection services)
{
    /// <summary>Where the parts are registered.</summary>
    public IServiceCollection Services { get; } = services;
}
