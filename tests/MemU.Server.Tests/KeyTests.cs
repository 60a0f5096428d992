using System.Net;
using MemU.Server.Auth;
using MemU.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MemU.Server.Tests;

public sealed class KeyTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(Now) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };

    private ApiKeyStore Store() => new(folder.At("keys.json"), time);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_file_holds_no_secret()
    {
        var issued = await Store().CreateAsync(New("alice"));

        var text = await File.ReadAllTextAsync(folder.At("keys.json"));
        Assert.StartsWith("memu_", issued.Secret, StringComparison.Ordinal);
        Assert.DoesNotContain(issued.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(issued.Secret.Split('_', 3)[2], text, StringComparison.Ordinal);
        Assert.DoesNotContain(issued.Secret, issued.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_owner_may_read_the_file()
    {
        await Store().CreateAsync(New("alice"));
        await Store().CreateAsync(New("bob"));
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other rights.");
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.At("keys.json")));
    }

    [Fact]
    public async Task A_secret_finds_its_key_and_no_other_does()
    {
        var store = Store();
        var alice = await store.CreateAsync(New("alice"));
        var bob = await store.CreateAsync(New("bob"));

        Assert.Equal("alice", store.Find(alice.Secret)?.User);
        Assert.Null(store.Find(alice.Secret[..^1] + (alice.Secret[^1] == 'A' ? 'B' : 'A')));
        Assert.Null(store.Find($"memu_{bob.Key.Id}_{alice.Secret.Split('_', 3)[2]}"));
    }

    [Fact]
    public async Task Another_store_on_the_same_file_sees_a_revocation_at_once()
    {
        var (first, second) = (Store(), Store());
        var issued = await first.CreateAsync(New("alice"));
        Assert.Equal("active", second.Find(issued.Secret)!.StateAt(time.GetUtcNow()));

        Assert.True(await first.RevokeAsync(issued.Key.Id));

        Assert.Equal("revoked", second.Find(issued.Secret)!.StateAt(time.GetUtcNow()));
        Assert.False(await first.RevokeAsync("000000000000"));
    }

    [Fact]
    public async Task Many_writers_lose_no_key()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => new ApiKeyStore(folder.At("keys.json"), TimeProvider.System).CreateAsync(New($"user{i}")))));

        var store = Store();
        Assert.Equal(20, store.List().Count);
        Assert.All(made, m => Assert.NotNull(store.Find(m.Secret)));
    }

    [Fact]
    public async Task A_damaged_file_lets_nobody_in_and_is_not_overwritten()
    {
        var issued = await Store().CreateAsync(New("alice"));
        await File.WriteAllTextAsync(folder.At("keys.json"), "{ \"version\": 1, \"keys\": [");

        Assert.Contains("keys.json", Assert.Throws<MemoryStoreException>(() => Store().Find(issued.Secret)).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MemoryStoreException>(() => Store().CreateAsync(New("bob")));
        Assert.EndsWith("[", await File.ReadAllTextAsync(folder.At("keys.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_makes_no_key_is_said()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store().CreateAsync(New("alice") with { Name = " " }));
        await Assert.ThrowsAsync<ArgumentException>(() => Store().CreateAsync(New("a\u0001b")));
        await Assert.ThrowsAsync<ArgumentException>(() => Store().CreateAsync(New("alice") with { Rights = KeyRights.None }));
        await Assert.ThrowsAsync<ArgumentException>(() => Store().CreateAsync(New("alice") with { ExpiresAt = Now }));
        Assert.Throws<ArgumentException>(() => RightNames.Parse("read,fly"));
    }

    [Fact]
    public async Task A_running_server_takes_a_new_key_and_refuses_a_revoked_one_without_a_restart()
    {
        await using var server = await RunningServer.StartAsync();
        var elsewhere = new ApiKeyStore(server.Keys.FilePath, TimeProvider.System);
        var issued = await elsewhere.CreateAsync(New("alice"));
        using var client = server.Client(issued.Secret);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/items")).StatusCode);

        await elsewhere.RevokeAsync(issued.Key.Id);

        Assert.Contains("revoked", (await client.GetAsync("/v1/items").ProblemAsync(401, "unauthenticated")).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_wrong_keys_lock_their_address_out_until_a_while_has_passed()
    {
        await using var server = await RunningServer.StartAsync(s => s.Server.LockoutFailures = 5, services: s => s.AddSingleton<TimeProvider>(time));
        using var right = await server.ClientAsync();
        using var wrong = server.Client("memu_000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        for (var i = 0; i < 5; i++)
        {
            await wrong.GetAsync("/v1/items").ProblemAsync(401, "unauthenticated");
        }

        using var answer = await wrong.GetAsync("/v1/items");
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.OK, (await wrong.GetAsync("/health/live")).StatusCode);

        // Whoever has a right key has guessed nothing.
        Assert.Equal(HttpStatusCode.OK, (await right.GetAsync("/v1/items")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await wrong.GetAsync("/v1/items")).StatusCode);

        time.Advance(TimeSpan.FromMinutes(5));
        await wrong.GetAsync("/v1/items").ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task The_keys_of_a_user_are_revoked_together_and_the_file_names_nobody_afterwards()
    {
        var store = Store();
        var (one, two) = (await store.CreateAsync(New("alicecanary")), await store.CreateAsync(New("alicecanary") with { Agent = "cook" }));
        var (bob, elsewhere) = (await store.CreateAsync(New("bob")), await store.CreateAsync(New("alicecanary") with { Tenant = "other", Name = "x" }));

        Assert.Equal(new[] { one.Key.Id, two.Key.Id }.Order(), (await store.RevokeOfUserAsync("alicecanary", MemoryScope.DefaultId, forget: false)).Order());
        Assert.Equal("revoked", store.Find(two.Secret)!.StateAt(time.GetUtcNow()));
        Assert.Equal(2, (await store.RevokeOfUserAsync("alicecanary", MemoryScope.DefaultId, forget: true)).Count);

        Assert.Null(store.Find(one.Secret));
        Assert.Equal(("active", "active"), (store.Find(bob.Secret)!.StateAt(time.GetUtcNow()), store.Find(elsewhere.Secret)!.StateAt(time.GetUtcNow())));
        await store.RevokeOfUserAsync("alicecanary", "other", forget: true);
        Assert.DoesNotContain("alicecanary", await File.ReadAllTextAsync(folder.At("keys.json")), StringComparison.Ordinal);
        Assert.Empty(await store.RevokeOfUserAsync("nobody", MemoryScope.DefaultId, forget: true));
    }

    [Fact]
    public async Task Neither_secrets_nor_words_reach_the_log_but_who_did_what_does()
    {
        await using var server = await RunningServer.StartAsync();
        var issued = await server.Keys.CreateAsync(New("alice"));
        using var alice = server.Client(issued.Secret);
        using var wrong = server.Client("memu_000000000000_secretcanary");
        await alice.PostAsync("/v1/memorize", new { text = "I sail a wordcanary boat." });
        await alice.PostAsync("/v1/retrieve?agent_id=default", new { query = "Which wordcanary?" });
        await alice.GetAsync("/v1/items?cursor=wordcanary");
        await wrong.GetAsync("/v1/items?api_key=secretcanary");
        await alice.PostAsync("/v1/memorize", RunningServer.Json("{\"text\": \"wordcanary"));

        var log = string.Join('\n', server.Log.Lines);
        Assert.DoesNotContain(issued.Secret, log, StringComparison.Ordinal);
        Assert.DoesNotContain("secretcanary", log, StringComparison.Ordinal);
        Assert.DoesNotContain("wordcanary", log, StringComparison.Ordinal);
        Assert.Contains($"key {issued.Key.Id} memorize space={new MemoryScope("alice").Key}", log, StringComparison.Ordinal);
        Assert.Contains($"key {issued.Key.Id} retrieve space={new MemoryScope("alice").Key}", log, StringComparison.Ordinal);
        Assert.Contains("unknown list_items space=- id=- status=401", log, StringComparison.Ordinal);
    }

    private static NewApiKey New(string user) => new("test", "default", user, null, KeyRights.Read | KeyRights.Write, null);
}
