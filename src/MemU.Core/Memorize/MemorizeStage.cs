namespace MemU.Memorize;

/// <summary>The stages of a memorize, in order.</summary>
public enum MemorizeStage
{
    /// <summary>Getting the bytes.</summary>
    Fetch,

    /// <summary>Turning them into text and passages.</summary>
    Read,

    /// <summary>Finding topics.</summary>
    Segment,

    /// <summary>Drawing memories.</summary>
    Extract,

    /// <summary>Rewriting category summaries.</summary>
    Summarize,

    /// <summary>Computing vectors.</summary>
    Embed,

    /// <summary>Writing.</summary>
    Commit,

    /// <summary>Finished.</summary>
    Done,
}
