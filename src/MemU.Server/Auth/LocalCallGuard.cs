using MemU.Server.Web;

namespace MemU.Server.Auth;

/// <summary>
/// Where authentication is off, the machine's own browser is the danger: a page from the web may call loopback, or let its own name point there. So the
/// host that was asked for must be loopback, and a page that calls must come from loopback or an allowed origin.
/// </summary>
internal sealed class LocalCallGuard(RequestDelegate next, ServerOptions server)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!LoopbackRule.IsLoopback(context.Request.Host.Host))
        {
            return Problem.WriteAsync(
                context, StatusCodes.Status403Forbidden, "forbidden", "A server without authentication answers only to localhost, 127.0.0.1 and [::1]. Call it by one of these.");
        }

        // No page sends two; whoever does is asked for all of them.
        return context.Request.Headers.Origin.All(o => o is not null && IsFine(o))
            ? next(context)
            : Problem.WriteAsync(
                context, StatusCodes.Status403Forbidden, "forbidden", "Pages of this origin may not call. Add it to server.allowed_origins if they shall.");
    }

    private bool IsFine(string origin) =>
        server.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && LoopbackRule.IsLoopback(uri.Host));
}
