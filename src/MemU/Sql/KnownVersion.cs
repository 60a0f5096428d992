using MemU.Storage;

namespace MemU.Sql;

/// <summary>The version that a space had, or came to have, at a moment of its database.</summary>
internal sealed record KnownVersion(MemoryScope Scope, SpaceVersion Version, long Moment);
