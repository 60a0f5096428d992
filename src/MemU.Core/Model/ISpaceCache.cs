namespace MemU;

/// <summary>Something in memory that is derived from what a space holds, and must go when the space is erased. Thread-safe.</summary>
internal interface ISpaceCache
{
    /// <summary>Drops what is kept of the space; it is built anew when asked for.</summary>
    void Forget(MemoryScope scope);
}
