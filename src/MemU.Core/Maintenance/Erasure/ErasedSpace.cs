using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>What was removed of one space; all zero when it held nothing.</summary>
/// <param name="SpaceKey">The <see cref="MemoryScope.Key"/>: a hash of tenant, user and agent.</param>
/// <param name="Rows">Rows of the metadata.</param>
/// <param name="Vectors">Entries of the vector index, and vectors in the metadata.</param>
/// <param name="Blobs">Kept files of sources.</param>
public sealed record ErasedSpace(string SpaceKey, SpaceErasure Rows, long Vectors, long Blobs);
