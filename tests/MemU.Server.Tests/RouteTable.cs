using System.Net;

namespace MemU.Server.Tests;

/// <summary>One call of a route, as its rightful caller would make it.</summary>
/// <param name="Name">The name of the endpoint.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path; <c>{item}</c> and the like stand for ids of Alice's.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Success">What the rightful caller gets.</param>
internal sealed record RouteCall(string Name, HttpMethod Method, string Path, HttpContent? Body = null, HttpStatusCode Success = HttpStatusCode.OK);

/// <summary>A call of every route there is, in an order in which each succeeds: what erases comes last.</summary>
internal static class RouteTable
{
    public static readonly string[] Open = ["live", "ready", "version", "compat_hello", "openapi", "docs"];

    public static IEnumerable<RouteCall> Calls()
    {
        yield return Post("memorize", "/v1/memorize", """{"text": "Alice likes jasmine tea in the morning.", "name": "again"}""");
        yield return Post("memorize_batch", "/v1/memorize/batch", """{"sources": [{"text": "Alice plays chess on Sundays."}]}""");
        yield return Post("retrieve", "/v1/retrieve", """{"query": "What does Alice like?"}""");
        yield return Get("list_resources", "/v1/resources");
        yield return Get("get_resource", "/v1/resources/{resource}");
        yield return Get("get_resource_content", "/v1/resources/{resource}/content");
        yield return Get("list_resource_passages", "/v1/resources/{resource}/passages");
        yield return Get("list_passages", "/v1/passages");
        yield return Get("get_passage", "/v1/passages/{passage}");
        yield return Get("list_items", "/v1/items");
        yield return Get("get_item", "/v1/items/{item}");
        yield return Get("list_item_categories", "/v1/items/{item}/categories");
        yield return Get("list_item_history", "/v1/items/{item}/history");
        yield return Get("list_history", "/v1/history");
        yield return Post("create_item", "/v1/items", """{"summary": "Alice owns a red bicycle."}""", HttpStatusCode.Created);
        yield return Patch("update_item", "/v1/items/{item}", """{"summary": "Alice owns a green bicycle."}""");
        yield return Get("list_categories", "/v1/categories");
        yield return Get("get_category", "/v1/categories/{category}");
        yield return Get("list_category_items", "/v1/categories/{category}/items");
        yield return Post("create_category", "/v1/categories", """{"name": "boats"}""", HttpStatusCode.Created);
        yield return Patch("update_category", "/v1/categories/{category}", """{"description": "What Alice sails."}""");
        yield return Get("list_jobs", "/v1/jobs");
        yield return Get("get_job", "/v1/jobs/{job}");
        yield return Get("watch_job", "/v1/jobs/{job}/events");
        yield return Post("cancel_job", "/v1/jobs/{job}/cancel", "{}");
        yield return Post("compat_memorize", "/memorize", """{"user_id": "{user}", "conversation": [{"role": "user", "content": "I row on Mondays."}]}""");
        yield return Get("compat_memorize_status", "/memorize/status/{job}");
        yield return Get("stats", "/v1/stats");
        yield return Get("list_spaces", "/v1/spaces");
        yield return Get("export", "/v1/export");
        yield return new RouteCall("import", HttpMethod.Post, "/v1/import", new StringContent("{export}", System.Text.Encoding.UTF8, "application/x-ndjson"));
        yield return Get("/metrics", "/metrics");
        yield return Post("/mcp", "/mcp", """{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "list", "arguments": {"kind": "passages"}}}""");
        yield return Post("compat_retrieve", "/retrieve", """{"query": "What does Alice like?"}""");
        yield return Post("compat_categories", "/categories", """{"user_id": "{user}"}""");
        yield return Post("compat_api_memorize", "/api/memorize", """{"content": [{"role": "user", "content": {"text": "I sing in a choir."}}]}""");
        yield return Post("compat_api_retrieve", "/api/retrieve", """{"query": "What does Alice sing?"}""");
        yield return new RouteCall("delete_item", HttpMethod.Delete, "/v1/items/{item}", null, HttpStatusCode.NoContent);
        yield return new RouteCall("delete_category", HttpMethod.Delete, "/v1/categories/{category}", null, HttpStatusCode.NoContent);
        yield return new RouteCall("delete_resource", HttpMethod.Delete, "/v1/resources/{resource}", null, HttpStatusCode.NoContent);
        yield return Post("compat_clear", "/clear", """{"user_id": "{user}"}""");
        yield return new RouteCall("erase_space", HttpMethod.Delete, "/v1/space");
    }

    private static RouteCall Get(string name, string path) => new(name, HttpMethod.Get, path);

    private static RouteCall Post(string name, string path, string json, HttpStatusCode success = HttpStatusCode.OK) =>
        new(name, HttpMethod.Post, path, RunningServer.Json(json), success);

    private static RouteCall Patch(string name, string path, string json) => new(name, HttpMethod.Patch, path, RunningServer.Json(json));
}
