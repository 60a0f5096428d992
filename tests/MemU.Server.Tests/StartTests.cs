using System.Net;
using System.Text;
using MemU.Testing;

namespace MemU.Server.Tests;

public sealed class StartTests
{
    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://192.168.1.5:0")]
    [InlineData("http://my-host:0")]
    [InlineData("http://127.0.0.1:0;http://10.0.0.1:0")]
    [InlineData("http://localhost.example.com:0")]
    public void Without_authentication_only_loopback_is_listened_on(string urls)
    {
        using var folder = new TemporaryFolder();
        var settings = RunningServer.SettingsIn(folder.Path);
        settings.Server.Urls = urls;

        var refusal = Assert.Throws<ArgumentException>(() => MemUServer.Build(settings, new ServeOptions { NoAuth = true }));

        Assert.Contains("--no-auth is refused", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("memu keys create", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_authentication_the_own_machine_needs_no_key_and_may_name_any_space()
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var client = server.Client(null);

        await client.PostAsync("/v1/memorize", new { text = "Dora keeps bees.", user_id = "dora", tenant_id = "t" });

        Assert.Contains("bees", await client.GetStringAsync("/v1/passages?user_id=dora&tenant_id=t"), StringComparison.Ordinal);
        Assert.DoesNotContain("bees", await client.GetStringAsync("/v1/passages"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Without_authentication_no_page_of_the_web_gets_an_answer(string header, string value)
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var client = server.Client(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/items");
        request.Headers.TryAddWithoutValidation(header, value);

        await client.SendAsync(request).ProblemAsync(403, "forbidden");
    }

    [Theory]
    [InlineData("http://localhost:3000", "https://evil.example")]
    [InlineData("https://evil.example", "http://localhost:3000")]
    [InlineData("http://localhost:3000", "")]
    public async Task Nor_does_one_that_says_two_origins(string first, string second)
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var stream = socket.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /v1/items HTTP/1.1\r\nHost: localhost\r\nOrigin: {first}\r\nOrigin: {second}\r\nConnection: close\r\n\r\n"));
        using var answer = new StreamReader(stream);

        Assert.StartsWith("HTTP/1.1 403", await answer.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_an_allowed_origin_may_call_and_another_may_not()
    {
        await using var server = await RunningServer.StartAsync(s => s.Server.AllowedOrigins = ["https://app.example"]);
        using var client = await server.ClientAsync();

        Assert.Equal("https://app.example", await AllowedAsync("https://app.example"));
        Assert.Null(await AllowedAsync("https://evil.example"));

        async Task<string?> AllowedAsync(string origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/retrieve");
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
            using var answer = await client.SendAsync(request);
            return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null;
        }
    }

    [Theory]
    [InlineData("urls", "ftp://x")]
    [InlineData("urls", "")]
    [InlineData("urls", "https://127.0.0.1:0")]
    [InlineData("allowed_roots", "relative")]
    [InlineData("allowed_roots", "/does/not/exist")]
    [InlineData("trusted_proxies", "proxy.example")]
    [InlineData("allowed_origins", "app.example")]
    [InlineData("jwt_authority", "http://issuer.example")]
    [InlineData("requests_per_minute", "-1")]
    [InlineData("max_body_bytes", "0")]
    public void A_wrong_setting_is_named_before_anything_listens(string name, string value)
    {
        using var folder = new TemporaryFolder();
        var settings = Settings.SettingsLoader.Load(new Settings.SettingsRequest
        {
            Environment = new Dictionary<string, string> { ["MEMU_SERVER_" + name.ToUpperInvariant()] = value },
            Options = [new("data", folder.Path, "test"), new("database.provider", "sqlite", "test"), .. value.Length == 0 ? [new Settings.SettingOverride("server." + name, "", "test")] : Array.Empty<Settings.SettingOverride>()],
        }).Settings;

        Assert.Contains($"server.{name}", Assert.Throws<ArgumentException>(() => MemUServer.Build(settings, new ServeOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_needs_no_key_and_tells_when_the_store_cannot_be_read()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(null);
        Assert.Equal("live", (await client.GetAsync("/health/live").JsonAsync()).GetProperty("status").GetString());
        Assert.Equal("ready", (await client.GetAsync("/health/ready").JsonAsync()).GetProperty("status").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+$", (await client.GetAsync("/v1/version").JsonAsync()).GetProperty("version").GetString());

        await File.WriteAllTextAsync(server.Keys.FilePath, "damaged");

        Assert.Equal("not_ready", (await client.GetAsync("/health/ready").JsonAsync(HttpStatusCode.ServiceUnavailable)).GetProperty("status").GetString());
        Assert.Equal("live", (await client.GetAsync("/health/live").JsonAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_is_stored_survives_the_server()
    {
        using var folder = new TemporaryFolder();
        var settings = RunningServer.SettingsIn(folder.Path);
        for (var round = 0; round < 2; round++)
        {
            await using var app = MemUServer.Build(settings, new ServeOptions { NoAuth = true });
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(MemUServer.AddressesOf(app).Single()) };
            if (round == 0)
            {
                await client.PostAsync("/v1/memorize", new { text = "Dora keeps bees." });
            }
            else
            {
                Assert.Contains("bees", await client.GetStringAsync("/v1/passages"), StringComparison.Ordinal);
            }

            await app.StopAsync();
        }
    }
}
