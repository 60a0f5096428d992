using System.Text.Json;

namespace MemU.Server.Tests;

/// <summary>What one user has memorized: an id of each kind, and an export.</summary>
internal sealed record SeededSpace(string User, string Agent, string Resource, string Passage, string Item, string Category, string Job, string Export)
{
    /// <summary>Memorizes through the API.</summary>
    public static async Task<SeededSpace> MakeAsync(HttpClient client, string user, string agent, string text)
    {
        var ids = $"user_id={Uri.EscapeDataString(user)}&agent_id={Uri.EscapeDataString(agent)}";
        var stored = await client.PostAsync($"/v1/memorize?{ids}", new { text, name = "seed" });
        var item = await client.PostAsync($"/v1/items?{ids}", new { summary = text, categories = new[] { "preferences" } }, System.Net.HttpStatusCode.Created);
        var job = await client.PostAsync($"/v1/memorize?wait=false&{ids}", new { text, name = "seed" }, System.Net.HttpStatusCode.Accepted);
        while ((await client.GetAsync($"/v1/jobs/{job.Id()}?{ids}").JsonAsync()).GetProperty("state").GetString() is "pending" or "running")
        {
            // The server's own clock may stand still in a test.
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        var passages = await client.GetAsync($"/v1/passages?{ids}").JsonAsync();
        var categories = await client.GetAsync($"/v1/categories?{ids}&limit=100").JsonAsync();
        return new SeededSpace(
            user, agent, stored.GetProperty("resource").Id(), passages.GetProperty("passages")[0].Id(), item.Id(), categories.GetProperty("categories")[0].Id(), job.Id(),
            await client.GetStringAsync($"/v1/export?{ids}"));
    }

    /// <summary>Puts the ids in place of their names.</summary>
    public string Fill(string text) => text
        .Replace("{resource}", Resource, StringComparison.Ordinal).Replace("{passage}", Passage, StringComparison.Ordinal)
        .Replace("{item}", Item, StringComparison.Ordinal).Replace("{category}", Category, StringComparison.Ordinal)
        .Replace("{job}", Job, StringComparison.Ordinal).Replace("{user}", JsonEncodedText.Encode(User).ToString(), StringComparison.Ordinal).Replace("{export}", Export, StringComparison.Ordinal);

    /// <summary>The call as a request, with more in its query.</summary>
    public async Task<HttpRequestMessage> RequestAsync(RouteCall call, string query = "")
    {
        var request = new HttpRequestMessage(call.Method, Fill(call.Path) + query);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream, */*");
        if (call.Body is { } body)
        {
            request.Content = new StringContent(Fill(await body.ReadAsStringAsync()), System.Text.Encoding.UTF8, body.Headers.ContentType!.MediaType!);
        }

        return request;
    }
}
