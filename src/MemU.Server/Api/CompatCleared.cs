namespace MemU.Server.Api;

/// <summary>How much was removed.</summary>
internal sealed record CompatCleared(long PurgedCategories, long PurgedItems, long PurgedResources);
