namespace MemU.InMemory;

/// <summary>What the in-memory parts have in common for the operator: there are no files to copy.</summary>
internal static class InMemoryData
{
    public static MemoryStoreException NoCopy(string part, string operation) =>
        new($"The {part} live in the memory of this process: there are no files for a {operation}. Export the spaces and import them instead, or choose a provider that keeps files.")
        {
            Provider = "memory",
            Operation = operation,
        };
}
