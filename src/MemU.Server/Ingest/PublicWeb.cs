using System.Net;
using System.Net.Sockets;

namespace MemU.Server.Ingest;

/// <summary>
/// Fetches URLs that strangers name. Every address that a name resolves to is checked, and the connection goes to the very address that was checked, so
/// that a name cannot lead elsewhere the second time it is asked. A redirect is a new connection and is checked again.
/// </summary>
internal sealed class PublicWeb(
    Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IPEndPoint, CancellationToken, Task<Stream>> connect)
{
    public const int MostRedirects = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static HttpClient Client() => new PublicWeb(Dns.GetHostAddressesAsync, ConnectAsync).NewClient();

    public HttpClient NewClient()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, token) => await OpenAsync(context.DnsEndPoint, token),

            // A proxy would resolve names by itself, and cookies and credentials have no business here.
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.None,
            AllowAutoRedirect = false,
            MaxResponseHeadersLength = 64,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        };
        var client = new HttpClient(new Redirects(handler, MostRedirects)) { Timeout = Limit };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("memu");
        return client;
    }

    private async Task<Stream> OpenAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(target.Host.Trim('[', ']'), out var literal) ? [literal] : await resolve(target.Host, cancellationToken);
        if (addresses.Length == 0 || !addresses.All(PublicAddress.Is))
        {
            // One answer for all of them: it must not tell what there is in this network.
            throw new HttpRequestException("the host has no public address, and this server fetches from public addresses only");
        }

        Exception? failure = null;
        foreach (var address in addresses)
        {
            try
            {
                return await connect(new IPEndPoint(address, target.Port), cancellationToken);
            }
            catch (SocketException e)
            {
                failure = e;
            }
        }

        throw new HttpRequestException("the host cannot be reached", failure);
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
