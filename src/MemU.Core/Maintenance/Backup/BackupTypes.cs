using System.Text.Json.Serialization;

namespace MemU.Maintenance;

/// <summary>How the manifest of a backup is written and read, made when the program is built.</summary>
[JsonSerializable(typeof(BackupManifest))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class BackupTypes : JsonSerializerContext;
