using MemU.Contracts;

namespace MemU.Cli.Verbs;

/// <summary>What an erasure removed, and the keys of the user that still work.</summary>
internal sealed record ErasedUserJson(double ErasedAt, IReadOnlyList<ErasedSpaceJson> Spaces, IReadOnlyList<string> Keys);
