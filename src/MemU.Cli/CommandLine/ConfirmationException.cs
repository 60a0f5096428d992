namespace MemU.Cli.CommandLine;

/// <summary>Something that cannot be undone was asked for without a yes.</summary>
internal sealed class ConfirmationException(string message) : Exception(message);
