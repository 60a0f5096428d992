using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MemU.Contracts;

namespace MemU.Cli.Output;

/// <summary>How a command writes its document: the records as everywhere, without reflection, and with it what only the command has.</summary>
internal static class DocumentJson
{
    public static JsonSerializerOptions Indented { get; } = new JsonSerializerOptions(MemUJson.Knowing(new DefaultJsonTypeInfoResolver(), indented: true))
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
