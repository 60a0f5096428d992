using System.Net;
using MemU.Testing;

namespace MemU.Server.Tests;

public sealed class OpenApiTests
{
    /// <summary>MEMU_TEST_UPDATE=1 writes the document anew; look at the difference before you commit it.</summary>
    [Fact]
    public async Task The_document_that_is_checked_in_is_the_one_that_is_served()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(null);
        var served = (await client.GetStringAsync("/openapi/v1.json")).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Checkout.At("docs", "openapi.json");
        if (Environment.GetEnvironmentVariable("MEMU_TEST_UPDATE") == "1")
        {
            await File.WriteAllTextAsync(file, served);
        }

        Assert.Equal(await File.ReadAllTextAsync(file), served);
    }

    [Fact]
    public async Task The_reference_page_is_served_without_a_key()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(null);

        var page = await client.GetAsync("/docs/");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("openapi/v1.json", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
