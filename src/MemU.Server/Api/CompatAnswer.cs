namespace MemU.Server.Api;

/// <summary>What a compatible route answers with.</summary>
internal sealed record CompatAnswer<T>(string Status, T Result);
