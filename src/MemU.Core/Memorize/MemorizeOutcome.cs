namespace MemU.Memorize;

/// <summary>What a memorize did.</summary>
public enum MemorizeOutcome
{
    /// <summary>The source was new.</summary>
    Added,

    /// <summary>The source was known with the same content; nothing was written.</summary>
    Unchanged,

    /// <summary>The source was known with other content; its items were replaced, the old ones kept in the history.</summary>
    Replaced,
}
