namespace MemU.Server.Api;

/// <summary>What the compatible server says of itself.</summary>
internal sealed record CompatHello(string Status, CompatGreeting Result, string Message);
