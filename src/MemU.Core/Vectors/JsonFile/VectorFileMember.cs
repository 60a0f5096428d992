using MemU.Files;

namespace MemU.Vectors;

/// <summary>A member of the file's outermost object: a collection of entries, or something this version does not know and keeps as it is. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Entries">The entries by id, in the order of the file; null for what is not known.</param>
/// <param name="Raw">Where name and value of what is not known stand in the file.</param>
internal sealed record VectorFileMember(string Name, OrderedDictionary<string, VectorFileEntry>? Entries, ByteRange Raw = default);
