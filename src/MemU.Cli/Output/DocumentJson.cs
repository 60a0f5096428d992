using System.Text.Json;
using MemU.Contracts;

namespace MemU.Cli.Output;

/// <summary>How a command writes its document: the records as everywhere, and with them what only the command has.</summary>
internal static class DocumentJson
{
    public static JsonSerializerOptions Indented { get; } = MemUJson.Knowing(DocumentTypes.Default, indented: true);
}
