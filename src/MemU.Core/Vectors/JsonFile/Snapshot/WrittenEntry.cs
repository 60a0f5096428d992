using MemU.Files;

namespace MemU.Vectors;

/// <summary>Where an entry stands in the snapshot that was written.</summary>
internal readonly record struct WrittenEntry(ByteRange Raw, ByteRange? Text);
