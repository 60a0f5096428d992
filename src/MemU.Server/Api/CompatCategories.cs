namespace MemU.Server.Api;

/// <summary>Every category of a space.</summary>
internal sealed record CompatCategories(IReadOnlyList<CompatCategory> Categories);
