namespace MemU.Server.Api;

/// <summary>The words of it.</summary>
internal sealed record CompatGreeting(string Message);
