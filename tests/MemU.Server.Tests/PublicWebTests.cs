using System.Net;
using System.Net.Sockets;
using MemU.Server.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Server.Tests;

public sealed class PublicWebTests
{
    private static readonly IPAddress Public = IPAddress.Parse("93.184.215.14");

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("198.18.0.1")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2001:0:7f00:1::")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    [InlineData("100::1")]
    public void What_is_not_out_on_the_internet_is_refused(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("::ffff:93.184.215.14")]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c")]
    public void What_is_out_there_is_reached(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1:{port}/")]
    [InlineData("http://localhost:{port}/")]
    [InlineData("http://2130706433:{port}/")]
    [InlineData("http://0x7f000001:{port}/")]
    [InlineData("http://0x7f.1:{port}/")]
    [InlineData("http://0177.0.0.1:{port}/")]
    [InlineData("http://127.1:{port}/")]
    [InlineData("http://[::1]:{port}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{port}/")]
    [InlineData("http://[::ffff:7f00:1]:{port}/")]
    [InlineData("http://user:secret@127.0.0.1:{port}/")]
    [InlineData("http://127.0.0.1.:{port}/")]
    [InlineData("http://１２７.０.０.１:{port}/")]
    public async Task The_server_fetches_nothing_from_its_own_machine(string url)
    {
        await using var inside = await InsideAsync("canarysecret");
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientAsync();
        var target = url.Replace("{port}", new Uri(MemUServer.AddressesOf(inside.App).Single()).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

        var problem = await client.PostAsync("/v1/memorize", RunningServer.Json($$"""{"url": "{{target}}"}""")).ProblemAsync(422, "resource");

        Assert.DoesNotContain("canarysecret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("user:secret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, inside.Requests);
    }

    [Fact]
    public async Task A_public_host_is_fetched_from_the_very_address_that_was_checked()
    {
        await using var inside = await InsideAsync("The harbour opens at six.");
        List<IPEndPoint> reached = [];
        using var client = new PublicWeb((_, _) => Task.FromResult<IPAddress[]>([Public]), inside.Connect(reached)).NewClient();

        Assert.Equal("The harbour opens at six.", await client.GetStringAsync("http://harbour.example/page"));

        Assert.Equal([new IPEndPoint(Public, 80)], reached);
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_the_second_time_is_refused()
    {
        await using var inside = await InsideAsync("x");
        var asked = 0;
        List<IPEndPoint> reached = [];
        using var client = new PublicWeb(
            (_, _) => Task.FromResult<IPAddress[]>([asked++ == 0 ? Public : IPAddress.Loopback]), inside.Connect(reached)).NewClient();

        // One answer a connection: what was checked is what is connected to.
        await client.GetStringAsync("http://rebind.example/close");
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("http://rebind.example/"));

        Assert.Equal([new IPEndPoint(Public, 80)], reached);
    }

    [Fact]
    public async Task One_private_address_among_public_ones_is_enough_to_refuse()
    {
        await using var inside = await InsideAsync("x");
        List<IPEndPoint> reached = [];
        using var client = new PublicWeb((_, _) => Task.FromResult<IPAddress[]>([Public, IPAddress.Parse("10.0.0.1")]), inside.Connect(reached)).NewClient();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("http://mixed.example/"));

        Assert.Empty(reached);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[fd00:ec2::254]/latest/meta-data/")]
    [InlineData("http://metadata.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://93.184.215.14/")]
    public async Task A_redirect_does_not_lead_inside(string target)
    {
        await using var inside = await InsideAsync("x", redirect: target);
        List<IPEndPoint> reached = [];
        using var client = new PublicWeb(
            (host, _) => Task.FromResult<IPAddress[]>([host == "metadata.example" ? IPAddress.Parse("169.254.169.254") : Public]), inside.Connect(reached)).NewClient();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("http://outside.example/redirect"));

        Assert.All(reached, r => Assert.Equal(Public, r.Address));
    }

    [Fact]
    public async Task Redirects_come_to_an_end()
    {
        await using var inside = await InsideAsync("x", redirect: "/redirect");
        using var client = new PublicWeb((_, _) => Task.FromResult<IPAddress[]>([Public]), inside.Connect([])).NewClient();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("http://loop.example/redirect"));
        Assert.Equal(PublicWeb.MostRedirects + 1, inside.Requests);
    }

    private static async Task<Inside> InsideAsync(string text, string? redirect = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var inside = new Inside(builder.Build());
        inside.App.Run(context =>
        {
            inside.Count();
            if (redirect is not null && context.Request.Path == "/redirect")
            {
                context.Response.Redirect(redirect);
                return Task.CompletedTask;
            }

            context.Response.Headers.Connection = "close";
            return context.Response.WriteAsync(text);
        });
        await inside.App.StartAsync();
        return inside;
    }

    private sealed class Inside(WebApplication app) : IAsyncDisposable
    {
        private int requests;

        public WebApplication App { get; } = app;

        public int Requests => requests;

        public void Count() => Interlocked.Increment(ref requests);

        /// <summary>Stands for the internet: every address that may be reached is this server.</summary>
        public Func<IPEndPoint, CancellationToken, Task<Stream>> Connect(List<IPEndPoint> reached) => async (target, token) =>
        {
            reached.Add(target);
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, new Uri(MemUServer.AddressesOf(App).Single()).Port, token);
            return new NetworkStream(socket, ownsSocket: true);
        };

        public async ValueTask DisposeAsync()
        {
            await App.StopAsync();
            await App.DisposeAsync();
        }
    }
}
