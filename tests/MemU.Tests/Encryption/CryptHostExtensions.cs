using MemU.Encryption;
using MemU.Maintenance;
using MemU.Memorize;
using MemU.Resources;
using MemU.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Tests.Encryption;

/// <summary>Short ways to the parts of a host.</summary>
internal static class CryptHostExtensions
{
    public static MemorySpace Space(this IServiceProvider host, MemoryScope scope) => host.GetRequiredService<MemoryService>().OpenSpace(scope);

    public static IMemoryStore Store(this IServiceProvider host) => host.GetRequiredService<IMemoryStore>();

    public static SpaceKeys SpaceKeys(this IServiceProvider host) => host.GetRequiredService<SpaceKeys>();

    public static MemoryMaintenance Operator(this IServiceProvider host) => host.GetRequiredService<MemoryMaintenance>();

    public static Task<MemorizeResult> RememberAsync(this IServiceProvider host, MemoryScope scope, string text, string name = "note") =>
        host.Space(scope).MemorizeAsync(ResourceRef.Text(text, name));
}
