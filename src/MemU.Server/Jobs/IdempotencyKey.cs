using MemU.Server.Web;

namespace MemU.Server.Jobs;

/// <summary>The header by which a caller says that a request is the same one as before.</summary>
internal static class IdempotencyKey
{
    private const string Header = "Idempotency-Key";
    private const int Longest = 255;

    /// <summary>The key; null when there is none.</summary>
    /// <exception cref="InvalidRequestException">It is given twice, blank or too long.</exception>
    public static string? Of(HttpContext context) => context.Request.Headers[Header] switch
    {
        { Count: 0 } => null,
        [{ Length: > 0 and <= Longest } key] => key,
        _ => throw new InvalidRequestException(Header, $"{Header} is given twice, blank or longer than {Longest} characters."),
    };
}
