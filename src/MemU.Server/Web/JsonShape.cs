using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
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

        // Before what ASP.NET Core looks up by reflection, and that there is only where a program is not compiled ahead of time: the records of ours never need it, those of a
        // program that adds routes of its own do.
        var known = options.TypeInfoResolverChain;
        var reflection = known.TakeWhile(r => r is not DefaultJsonTypeInfoResolver).Count();
        known.Insert(reflection, ServerJson.Compact.TypeInfoResolver!);
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        }
    }
}
