using System.Net;

namespace MemU.Server.Ingest;

/// <summary>Follows redirects of a GET, a few of them, and to http and https only. Each is a request of its own, whose address is checked like the first one's.</summary>
internal sealed class Redirects(HttpMessageHandler inner, int most) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var left = most; ; left--)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.StatusCode is not (HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                || answer.Headers.Location is not { } location)
            {
                return answer;
            }

            var target = location.IsAbsoluteUri ? location : new Uri(request.RequestUri!, location);
            var wasSecure = request.RequestUri!.Scheme == Uri.UriSchemeHttps;
            answer.Dispose();
            if (left == 0)
            {
                throw new HttpRequestException($"it redirects more than {most} times");
            }

            if (target.Scheme != Uri.UriSchemeHttps && (wasSecure || target.Scheme != Uri.UriSchemeHttp))
            {
                throw new HttpRequestException("it redirects to something that is not fetched (only http and https are, and never from https to http)");
            }

            request = new HttpRequestMessage(HttpMethod.Get, target);
        }
    }
}
