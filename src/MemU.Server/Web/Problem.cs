namespace MemU.Server.Web;

/// <summary>What every error looks like: problem details of RFC 9457 with a <c>kind</c> for programs and, where one is to blame, the <c>field</c>.</summary>
internal static class Problem
{
    public static IResult Result(int status, string kind, string detail, string? field = null)
    {
        var more = new Dictionary<string, object?> { ["kind"] = kind };
        if (field is not null)
        {
            more["field"] = field;
        }

        return TypedResults.Problem(detail, statusCode: status, title: kind.Replace('_', ' '), type: $"urn:memu:problem:{kind}", extensions: more);
    }

    public static Task WriteAsync(HttpContext context, int status, string kind, string detail, string? field = null) =>
        Result(status, kind, detail, field).ExecuteAsync(context);

    /// <summary>What a bare status means, where routing itself has refused.</summary>
    public static Task OfStatusAsync(HttpContext context) => context.Response.StatusCode switch
    {
        400 when WrongQuery.FieldOf(context) is { } field => WriteAsync(context, 400, "invalid_request", WrongQuery.MessageOf(field), field),
        404 => WriteAsync(context, 404, "not_found", "There is no such route. /docs lists them."),
        405 => WriteAsync(context, 405, "method_not_allowed", $"The route does not take {context.Request.Method}. /docs lists what it takes."),
        415 => WriteAsync(context, 415, "unsupported_media_type", "The route does not take a body of this content type. Send application/json."),
        var status => WriteAsync(context, status, "failed", "The server refused the request."),
    };

    /// <summary>Not here: unknown, or somebody else's, which is the same to whoever asks.</summary>
    public static IResult NotFound(string kind) =>
        Result(StatusCodes.Status404NotFound, "not_found", $"There is no {kind} with this id in this space. Check the id, user_id and agent_id.", "id");

    // The runtime adds the parameter's name and value, which mean nothing outside the code.
    public static string MessageOf(ArgumentException e) => e.ParamName is { } name ? e.Message.Split($" (Parameter '{name}')", 2)[0] : e.Message;
}
