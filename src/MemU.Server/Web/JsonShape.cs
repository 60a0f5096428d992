using System.Text.Json;
using System.Text.Json.Serialization;
using MemU.Contracts;

namespace MemU.Server.Web;

/// <summary>The JSON of the API: that of the records, and strict about what comes in.</summary>
internal static class JsonShape
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = MemUJson.Compact.PropertyNamingPolicy;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = MemUJson.Compact.Encoder;
        options.MaxDepth = 64;
        options.AllowDuplicateProperties = false;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }
}
