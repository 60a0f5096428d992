namespace MemU.Models;

/// <summary>Sends every request of a client to one configured path in place of the usual one. The query stays.</summary>
internal sealed class EndpointOverrideHandler(Uri baseUrl, string path) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var target = new Uri(baseUrl, path);
        request.RequestUri = new UriBuilder(target) { Query = target.Query.Length > 0 ? target.Query : request.RequestUri?.Query ?? "" }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
