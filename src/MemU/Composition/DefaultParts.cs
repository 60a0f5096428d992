using MemU.Resources;
using MemU.Vectors;

namespace MemU;

/// <summary>What a store brings along where the caller chose nothing: its vectors, its blobs, the folder of keys. A choice always wins, whether made before or after.</summary>
internal sealed record DefaultParts(Func<IServiceProvider, IVectorIndex> Vectors, Func<IServiceProvider, IBlobStore> Blobs, string KeysFolder);
