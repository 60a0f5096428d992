namespace MemU.Vectors;

/// <summary>A checksum of the index file does not fit. The file is derived: it is made anew.</summary>
internal sealed class SidecarDamage() : Exception("The index file is damaged.");
