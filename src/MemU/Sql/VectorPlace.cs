namespace MemU.Sql;

/// <summary>Which block of a space's collection: the revision that wrote it, and its number among those.</summary>
internal readonly record struct VectorPlace(string Collection, long Revision, long Part);
