using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace MemU.Server.Web;

/// <summary>Says which value of a query is not of its type: the generated code that binds routes answers 400 and keeps that to itself.</summary>
internal static class WrongQuery
{
    /// <summary>The field; null when every value is of its type.</summary>
    public static string? FieldOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.OfType<IParameterBindingMetadata>()
            .Where(p => p.HasTryParse && context.Request.Query.TryGetValue(NameOf(p), out var value) && !Fits(p.ParameterInfo.ParameterType, value.ToString()))
            .Select(NameOf)
            .FirstOrDefault();

    /// <summary>What is said of it.</summary>
    public static string MessageOf(string field) => $"{field} is not of the type that it must be. /docs shows the shape.";

    /// <summary>Refuses a value that is empty, too: the generated code takes it for one that was left out.</summary>
    public static ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next) => FieldOf(call.HttpContext) is { } field
        ? ValueTask.FromResult<object?>(Problem.Result(StatusCodes.Status400BadRequest, "invalid_request", MessageOf(field), field))
        : next(call);

    private static string NameOf(IParameterBindingMetadata parameter) => JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name);

    // The types that queries have here.
    private static bool Fits(Type type, string value) =>
        type == typeof(bool) ? bool.TryParse(value, out _) : type != typeof(int?) || int.TryParse(value, CultureInfo.InvariantCulture, out _);
}
