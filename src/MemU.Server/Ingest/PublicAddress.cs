using System.Net;
using System.Net.Sockets;

namespace MemU.Server.Ingest;

/// <summary>Which addresses are out on the internet. Everything else (this machine, its network, its cloud's metadata) is none of a caller's business.</summary>
internal static class PublicAddress
{
    // IANA special-purpose registries; 168.63.129.16 is Azure's inside of every virtual machine.
    private static readonly IPNetwork[] SpecialV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    // Of IPv6 only the global unicast addresses are out there; within them these are not, or lead to an IPv4 address (Teredo, 6to4).
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] SpecialV6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(n => IPNetwork.Parse(n))];

    public static bool Is(IPAddress address)
    {
        // ::ffff:a.b.c.d is the IPv4 address; forms that embed one otherwise are not global unicast.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily switch
        {
            AddressFamily.InterNetwork => !SpecialV4.Any(n => n.Contains(plain)),
            AddressFamily.InterNetworkV6 => plain.ScopeId == 0 && GlobalV6.Contains(plain) && !SpecialV6.Any(n => n.Contains(plain)),
            _ => false,
        };
    }
}
