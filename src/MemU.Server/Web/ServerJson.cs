using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MemU.Contracts;
using MemU.Retrieve;
using MemU.Server.Api;
using MemU.Server.Jobs;
using MemU.Server.Mcp;

namespace MemU.Server.Web;

/// <summary>The JSON of the records, for the server's own types too.</summary>
internal static class ServerJson
{
    /// <summary>One line.</summary>
    public static JsonSerializerOptions Compact { get; } = Make(indented: false);

    /// <summary>For people.</summary>
    public static JsonSerializerOptions Indented { get; } = Make(indented: true);

    /// <summary>How a type is written on one line, and read.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Compact.GetTypeInfo(typeof(T));

    /// <summary>The names of the server's enumerations. One that is not here would be written as a number.</summary>
    public static void AddNames(ICollection<JsonConverter> converters, bool allowNumbers)
    {
        converters.Add(Names<JobState>(allowNumbers));
        converters.Add(Names<McpKind>(allowNumbers));
        converters.Add(Names<MemoryTier>(allowNumbers));
        converters.Add(Names<RecipeName>(allowNumbers));
        converters.Add(Names<RetrieveMethod>(allowNumbers));
    }

    private static JsonStringEnumConverter<T> Names<T>(bool allowNumbers)
        where T : struct, Enum => new(JsonNamingPolicy.SnakeCaseLower, allowNumbers);

    private static JsonSerializerOptions Make(bool indented)
    {
        var options = new JsonSerializerOptions(MemUJson.Knowing(ServerTypes.Default, indented));
        AddNames(options.Converters, allowNumbers: true);
        options.MakeReadOnly();
        return options;
    }
}
