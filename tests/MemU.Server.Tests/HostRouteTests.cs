using MemU.Server.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MemU.Server.Tests;

/// <summary>Programs that build the server themselves and add routes of their own, with records that no context of ours knows.</summary>
public sealed class HostRouteTests
{
    private enum Shade
    {
        DarkRed,
    }

    [Fact]
    public async Task A_route_of_the_program_around_the_server_answers_with_a_record_of_its_own()
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        server.App.MapGet("/own", () => TypedResults.Ok(new Own("Nora", Shade.DarkRed))).IsOpen();
        using var client = server.Client(null);

        Assert.Equal("""{"boat_name":"Nora","paint":"dark_red"}""", await client.GetStringAsync("/own"));
    }

    [Fact]
    public async Task A_route_of_the_program_around_the_server_takes_a_record_of_its_own()
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        server.App.MapPost("/own", (Own own) => Results.Text($"{own.BoatName} {own.Paint}")).IsOpen();
        using var client = server.Client(null);
        using var body = new StringContent("""{"boat_name":"Nora","paint":"dark_red"}""", System.Text.Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync("/own", body);

        Assert.Equal("Nora DarkRed", await answer.Content.ReadAsStringAsync());
    }

    private sealed record Own(string BoatName, Shade Paint);
}
