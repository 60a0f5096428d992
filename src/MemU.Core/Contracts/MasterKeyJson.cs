namespace MemU.Contracts;

/// <summary>What was done about keys, in JSON.</summary>
/// <param name="File">The file that holds the master key from now on; the key itself is never shown.</param>
/// <param name="Wrapped">How many keys of spaces were wrapped with it.</param>
public sealed record MasterKeyJson(string File, int Wrapped);
