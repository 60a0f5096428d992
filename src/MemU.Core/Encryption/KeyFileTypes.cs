using System.Text.Json.Serialization;

namespace MemU.Encryption;

/// <summary>How the files of the folder of keys are written and read, made when the program is built.</summary>
[JsonSerializable(typeof(EncryptionMark))]
[JsonSerializable(typeof(SpaceKeyFile))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class KeyFileTypes : JsonSerializerContext;
