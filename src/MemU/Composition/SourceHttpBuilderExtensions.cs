using MemU.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemU;

/// <summary>How sources on the web are fetched.</summary>
public static class SourceHttpBuilderExtensions
{
    /// <summary>
    /// Fetches sources on the web by this client. Where strangers name the URLs, its handler must refuse addresses that are not public. It is not
    /// disposed here.
    /// </summary>
    public static MemUBuilder UseSourceHttp(this MemUBuilder builder, HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(client);
        builder.Services.Replace(ServiceDescriptor.Singleton(new SourceFetcher(client)));
        return builder;
    }
}
