using System.Security.Cryptography;
using System.Text;

namespace MemU;

/// <summary>
/// The address of one memory space: a tenant, a user of that tenant, and an agent that serves the user.
/// Every read and every write names exactly one. Ids are compared ordinally (case matters).
/// Immutable and safe to share between threads.
/// </summary>
public sealed record class MemoryScope
{
    /// <summary>The id used wherever a caller names none: <c>default</c>.</summary>
    public const string DefaultId = "default";

    /// <summary>The longest id, in UTF-16 characters.</summary>
    public const int MaxIdLength = 255;

    /// <summary>Creates a scope.</summary>
    /// <exception cref="ArgumentException">An id is blank, too long, holds control characters or is not valid Unicode.</exception>
    public MemoryScope(string user = DefaultId, string agent = DefaultId, string tenant = DefaultId)
    {
        User = user;
        Agent = agent;
        Tenant = tenant;
    }

    /// <summary>The organisation; <c>default</c> when there is only one.</summary>
    public string Tenant { get; init => field = Valid(value, "tenant"); }

    /// <summary>The person whose memory this is.</summary>
    public string User { get; init => field = Valid(value, "user"); }

    /// <summary>The agent that remembers.</summary>
    public string Agent { get; init => field = Valid(value, "agent"); }

    /// <summary>
    /// 32 hexadecimal digits that stand for this scope in file names: the first half of the SHA-256 of the three ids.
    /// Safe on any file system, whatever the ids hold.
    /// </summary>
    public string Key =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Tenant}\0{User}\0{Agent}")).AsSpan(0, 16));

    /// <inheritdoc />
    public override string ToString() =>
        Tenant == DefaultId ? $"user '{User}', agent '{Agent}'" : $"tenant '{Tenant}', user '{User}', agent '{Agent}'";

    private static string Valid(string? id, string kind)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException($"The {kind} id is blank. Give a name, or leave it out to use '{DefaultId}'.", kind);
        }

        if (id.Length > MaxIdLength)
        {
            throw new ArgumentException($"The {kind} id has {id.Length} characters; at most {MaxIdLength} are allowed.", kind);
        }

        foreach (var rune in id.EnumerateRunes())
        {
            if (Rune.IsControl(rune))
            {
                throw new ArgumentException($"The {kind} id holds the control character U+{rune.Value:X4}. Remove it.", kind);
            }

            if (rune == Rune.ReplacementChar)
            {
                throw new ArgumentException($"The {kind} id is not valid Unicode text. Give well-formed text.", kind);
            }
        }

        return id;
    }
}
