using System.Net;

namespace MemU.Server.Tests;

public sealed class EmptyQueryTests
{
    [Theory]
    [InlineData("/v1/items?limit=", "limit")]
    [InlineData("/v1/export?content=", "content")]
    [InlineData("/v1/export?content=true&vectors=", "vectors")]
    public async Task A_value_that_is_empty_is_refused_and_named_like_any_that_is_not_of_its_type(string path, string field)
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var client = server.Client(null);

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field} is not of the type that it must be.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
