using System.Net.Http.Headers;
using System.Text;
using MemU.Server.Auth;
using MemU.Settings;
using MemU.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemU.Server.Tests;

/// <summary>The real server on a loopback port of its own, on a folder of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly WebApplication app;

    private RunningServer(TemporaryFolder folder, WebApplication app, RecordedLog log)
    {
        this.folder = folder;
        this.app = app;
        Log = log;
        Address = new Uri(MemUServer.AddressesOf(app).Single());
        Keys = app.Services.GetRequiredService<ApiKeyStore>();
    }

    public Uri Address { get; }

    public ApiKeyStore Keys { get; }

    public RecordedLog Log { get; }

    public string Folder => folder.Path;

    public WebApplication App => app;

    public static async Task<RunningServer> StartAsync(
        Action<MemUSettings>? change = null, bool noAuth = false, Action<IServiceCollection>? services = null)
    {
        var folder = new TemporaryFolder();
        var settings = SettingsIn(folder.Path);
        change?.Invoke(settings);
        var log = new RecordedLog();
        var app = MemUServer.Build(settings, new ServeOptions { NoAuth = noAuth, Services = services, Logging = l => l.AddProvider(log) });
        await app.StartAsync();
        return new RunningServer(folder, app, log);
    }

    public static MemUSettings SettingsIn(string folder)
    {
        var settings = SettingsLoader.Load(new SettingsRequest
        {
            File = null,
            Defaults = [new("database.provider", "sqlite", "test"), new("data", folder, "test")],
        }).Settings;
        settings.Server.Urls = "http://127.0.0.1:0";
        settings.Server.RequestsPerMinute = 0;
        settings.Server.LockoutFailures = 0;
        return settings;
    }

    /// <summary>Makes a key and a client that shows it.</summary>
    public async Task<HttpClient> ClientAsync(
        string? user = "alice", string? agent = null, string tenant = MemoryScope.DefaultId, string rights = "read,write,erase,admin") =>
        Client((await Keys.CreateAsync(new NewApiKey("test", tenant, user, agent, RightNames.Parse(rights), null))).Secret);

    /// <summary>A client that shows this secret; null for none.</summary>
    public HttpClient Client(string? secret)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }
}
