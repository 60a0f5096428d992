using System.Text.Json.Serialization;
using MemU.Cli.Quickstart;
using MemU.Cli.Verbs;

namespace MemU.Cli.Output;

/// <summary>How the documents that only the command has are written, made when the program is built.</summary>
[JsonSerializable(typeof(CompletionJson))]
[JsonSerializable(typeof(ConfigJson))]
[JsonSerializable(typeof(DeletedJson))]
[JsonSerializable(typeof(ErasedUserJson))]
[JsonSerializable(typeof(KeyJson))]
[JsonSerializable(typeof(KeyListJson))]
[JsonSerializable(typeof(ListeningJson))]
[JsonSerializable(typeof(QuickstartJson))]
[JsonSerializable(typeof(RevokedKeyJson))]
[JsonSerializable(typeof(RevokedKeysJson))]
[JsonSerializable(typeof(ShownCategoryJson))]
[JsonSerializable(typeof(ShownItemJson))]
[JsonSerializable(typeof(ShownPassageJson))]
[JsonSerializable(typeof(ShownResourceJson))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class DocumentTypes : JsonSerializerContext;
