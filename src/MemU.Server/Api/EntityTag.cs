using System.Security.Cryptography;
using System.Text.Json;
using MemU.Server.Web;

namespace MemU.Server.Api;

/// <summary>Tags of records (RFC 9110 §8.8.3): a hash of what the record says. Whoever sends one back with If-Match changes only what they have seen.</summary>
internal static class EntityTag
{
    public static string Of<T>(T record) => $"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(record, ServerJson.Of<T>())).AsSpan(0, 16))}\"";

    /// <summary>The record as an answer, with its tag.</summary>
    public static IResult Ok<T>(HttpContext context, T record, string? location = null)
    {
        context.Response.Headers.ETag = Of(record);
        return location is null ? TypedResults.Ok(record) : TypedResults.Created(location, record);
    }

    /// <summary>True when the request says which state of the record it is about.</summary>
    public static bool IsAsked(HttpContext context) => context.Request.Headers.IfMatch.Count > 0 && context.Request.Headers.IfMatch != "*";

    /// <summary>True when the record is in the state that the request is about, or it names none.</summary>
    public static bool Fits<T>(HttpContext context, T record) =>
        !IsAsked(context) || context.Request.Headers.IfMatch.SelectMany(h => (h ?? "").Split(',', StringSplitOptions.TrimEntries)).Contains(Of(record), StringComparer.Ordinal);

    public static IResult Changed() =>
        Problem.Result(StatusCodes.Status412PreconditionFailed, "changed", "It is no longer in the state that If-Match names. Read it again and decide anew.", "If-Match");
}
