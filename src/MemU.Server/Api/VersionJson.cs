namespace MemU.Server.Api;

/// <summary>The version of the program.</summary>
internal sealed record VersionJson(string Version);
