namespace MemU;

/// <summary>The base of every error that MemU itself reports. The message names what was wrong and how to mend it.</summary>
public class MemUException(string message, Exception? inner = null) : Exception(message, inner);
