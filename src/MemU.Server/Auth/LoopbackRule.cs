using System.Net;

namespace MemU.Server.Auth;

/// <summary>Whether everything that a server listens on can be reached from its own machine only.</summary>
internal static class LoopbackRule
{
    /// <exception cref="ArgumentException">Authentication is off and somebody else could call.</exception>
    public static void Check(IReadOnlyList<Uri> urls)
    {
        if (urls.FirstOrDefault(u => !IsLoopback(u.Host)) is { } open)
        {
            throw new ArgumentException(
                $"--no-auth is refused: {open.Scheme}://{open.Authority} can be reached from other machines, and anybody there could read every memory. "
                + "Listen on http://127.0.0.1 only, or leave --no-auth out and make a key with `memu keys create`.");
        }
    }

    /// <summary>True for <c>localhost</c> and addresses of the machine itself. A name that merely resolves there is not enough: it may resolve elsewhere tomorrow.</summary>
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
