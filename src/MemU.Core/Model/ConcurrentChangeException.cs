namespace MemU;

/// <summary>What a commit was computed from has changed meanwhile. Nothing was written; compute again and commit again.</summary>
public sealed class ConcurrentChangeException(string message) : MemUException(message);
