using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MemU.Contracts;

namespace MemU.Server.Web;

/// <summary>The JSON of the records, for the server's own types too.</summary>
internal static class ServerJson
{
    /// <summary>One line.</summary>
    public static JsonSerializerOptions Compact { get; } = MemUJson.Knowing(new DefaultJsonTypeInfoResolver());

    /// <summary>For people.</summary>
    public static JsonSerializerOptions Indented { get; } = MemUJson.Knowing(new DefaultJsonTypeInfoResolver(), indented: true);
}
