using System.Text.Json;
using System.Text.Json.Serialization;
using MemU.Server.Api;
using MemU.Server.Auth;
using MemU.Server.Jobs;
using MemU.Server.Mcp;

namespace MemU.Server.Web;

/// <summary>How the server's own records are written and read, made when the program is built: nothing is looked up in them at run time, so that they can be compiled ahead of it.</summary>
[JsonSerializable(typeof(ApiKeyFile))]
[JsonSerializable(typeof(CategoryEditRequest))]
[JsonSerializable(typeof(CompatAnswer<CompatCategories>))]
[JsonSerializable(typeof(CompatAnswer<CompatCleared>))]
[JsonSerializable(typeof(CompatAnswer<CompatFound>))]
[JsonSerializable(typeof(CompatAnswer<CompatMemorized>))]
[JsonSerializable(typeof(CompatAnswer<CompatStarted>))]
[JsonSerializable(typeof(CompatAnswer<CompatTask>))]
[JsonSerializable(typeof(CompatHello))]
[JsonSerializable(typeof(HealthJson))]
[JsonSerializable(typeof(IncomingSource))]
[JsonSerializable(typeof(ItemEditRequest))]
[JsonSerializable(typeof(JobJson))]
[JsonSerializable(typeof(JobListJson))]
[JsonSerializable(typeof(MemorizeBatchRequest))]
[JsonSerializable(typeof(MemorizeRequest))]
[JsonSerializable(typeof(NewCategoryRequest))]
[JsonSerializable(typeof(NewItemRequest))]
[JsonSerializable(typeof(RetrieveRequest))]
[JsonSerializable(typeof(VersionJson))]
// What the tools of the protocol take and give.
[JsonSerializable(typeof(McpForgotten))]
[JsonSerializable(typeof(McpFound))]
[JsonSerializable(typeof(McpKind))]
[JsonSerializable(typeof(McpList))]
[JsonSerializable(typeof(McpMemorized))]
[JsonSerializable(typeof(McpRecord))]
[JsonSerializable(typeof(IReadOnlyList<McpMessage>))]
// What stands in routes, queries and loosely written bodies.
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int?))]
[JsonSerializable(typeof(string))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class ServerTypes : JsonSerializerContext;
