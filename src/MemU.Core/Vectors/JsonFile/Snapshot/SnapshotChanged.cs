namespace MemU.Vectors;

/// <summary>A program that writes in place changed the snapshot while it was read. Read again.</summary>
internal sealed class SnapshotChanged() : Exception("The snapshot was changed while it was read.");
