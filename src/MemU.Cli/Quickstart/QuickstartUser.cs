using MemU.Memorize;
using MemU.Retrieve;
using MemU.Storage;

namespace MemU.Cli.Quickstart;

/// <summary>What the quickstart did for one user.</summary>
internal sealed record QuickstartUser(
    MemorySpace Space,
    IReadOnlyList<MemorizeResult> Memorized,
    IReadOnlyList<RetrieveResult> Answers,
    RetrieveResult AskedAboutTheOther,
    IReadOnlyList<MemoryCategory> Categories,
    SpaceStatistics Statistics);
