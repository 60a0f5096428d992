namespace MemU.Vectors;

/// <summary>How much a write to the vector file waits for the disk.</summary>
public enum VectorDurability
{
    /// <summary>A crash of the program loses nothing; a crash of the machine may lose the last writes, never more.</summary>
    Normal,

    /// <summary>Every write is on the disk when it returns.</summary>
    Full,
}
