namespace MemU;

/// <summary>The four built-in types of memory. The set is open: any other non-blank name is a custom type.</summary>
public static class MemoryTypes
{
    /// <summary>A durable fact about the user.</summary>
    public const string Profile = "profile";

    /// <summary>What happened, when, where and with whom.</summary>
    public const string Event = "event";

    /// <summary>An objective fact.</summary>
    public const string Knowledge = "knowledge";

    /// <summary>A pattern or routine.</summary>
    public const string Behavior = "behavior";

    /// <summary>The built-in types, in the order in which they are extracted.</summary>
    public static IReadOnlyList<string> Default { get; } = [Profile, Event, Knowledge, Behavior];
}
