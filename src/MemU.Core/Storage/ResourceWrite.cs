namespace MemU.Storage;

/// <summary>A resource to insert or update, and what the caller believes is stored.</summary>
/// <param name="Resource">The new state; an update keeps the id of the row with this url.</param>
/// <param name="Exists">True when the caller saw a row with this id; the commit fails when that is no longer so.</param>
/// <param name="ExpectedContentHash">The content hash that the caller saw; the commit fails when it has changed.</param>
public sealed record ResourceWrite(Resource Resource, bool Exists = false, string? ExpectedContentHash = null);
