using MemU.Server.Auth;

namespace MemU.Server.Api;

/// <summary>The space of a request, opened by <see cref="ScopeBinding"/> and nowhere else.</summary>
internal sealed class SpaceRequest(HttpContext context)
{
    public HttpContext Context { get; } = context;

    /// <summary>Binds the parameter of a handler.</summary>
    public static ValueTask<SpaceRequest?> BindAsync(HttpContext context) => ValueTask.FromResult<SpaceRequest?>(new SpaceRequest(context));

    /// <summary>Opens the space that the query, the body and the key say.</summary>
    public MemorySpace Open(SpaceIds? body = null) => Context.RequestServices.GetRequiredService<MemoryService>().OpenSpace(ScopeBinding.Of(Context, body));
}
