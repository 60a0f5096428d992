using Microsoft.AspNetCore.Authorization;

namespace MemU.Server.Auth;

/// <summary>An endpoint needs this right.</summary>
internal sealed class RightRequirement(KeyRights right) : IAuthorizationRequirement
{
    public KeyRights Right { get; } = right;
}
