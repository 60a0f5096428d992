namespace MemU;

/// <summary>How bad a <see cref="Finding"/> is.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,

    /// <summary>Something is missing or left over; what is there still answers.</summary>
    Warning,

    /// <summary>Data is damaged or lost.</summary>
    Error,
}
