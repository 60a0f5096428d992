using Microsoft.AspNetCore.Authorization;

namespace MemU.Server.Auth;

/// <summary>Lets a caller through who has the right.</summary>
internal sealed class RightCheck : AuthorizationHandler<RightRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RightRequirement requirement)
    {
        if (CallerIdentity.Of(context.User) is { } caller && caller.Rights.HasFlag(requirement.Right))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
