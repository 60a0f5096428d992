using MemU.Memorize;
using MemU.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemU.Server.Ingest;

/// <summary>The memory of the settings, for sources that strangers name: fetched from public hosts only, and no larger than a request may be.</summary>
internal static class GuardedMemory
{
    public static void Add(IServiceCollection services, MemUSettings settings)
    {
        services.AddMemU().UseSettings(settings).UseSourceHttp(PublicWeb.Client());
        var memorize = services.Select(s => s.ImplementationInstance).OfType<MemorizeOptions>().Last();
        services.Replace(ServiceDescriptor.Singleton(memorize with { MaxSourceBytes = Math.Min(memorize.MaxSourceBytes, settings.Server.MaxBodyBytes) }));
    }
}
