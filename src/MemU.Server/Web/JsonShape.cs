using System.Text.Json;
using System.Text.Json.Serialization;
using MemU.Contracts;
using MemU.Memorize;

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
        ServerJson.AddNames(options.Converters, allowNumbers: false);
        options.Converters.Add(new JsonStringEnumConverter<MemorizeOutcome>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));

        // In place of what ASP.NET Core looks up by reflection; what it brings for its own types stays.
        for (var i = options.TypeInfoResolverChain.Count - 1; i >= 0; i--)
        {
            if (options.TypeInfoResolverChain[i] is System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver)
            {
                options.TypeInfoResolverChain.RemoveAt(i);
            }
        }

        options.TypeInfoResolverChain.Add(ServerJson.Compact.TypeInfoResolver!);
    }
}
