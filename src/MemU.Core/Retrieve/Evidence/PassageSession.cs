namespace MemU.Retrieve.Evidence;

/// <summary>Passages of one resource that belong together: a sitting of a conversation, a topic of a document.</summary>
/// <param name="First">The number of its first passage.</param>
/// <param name="End">The number after its last passage.</param>
/// <param name="Terms">Terms in all its passages.</param>
/// <param name="Kind">What kind of talk it is.</param>
internal readonly record struct PassageSession(int First, int End, int Terms, SessionKind Kind);
