namespace MemU.Vectors;

/// <summary>What a frame of the journal is. The numbers stand in the file.</summary>
internal enum FrameKind : byte
{
    /// <summary>The changes of one call, which are applied together or not at all.</summary>
    Changes = 1,

    /// <summary>The identity of a snapshot that holds everything before this frame, and is about to be put in place.</summary>
    Checkpoint = 2,
}
