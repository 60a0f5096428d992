using MemU.Contracts;

namespace MemU.Cli.Quickstart;

/// <summary>What the quickstart did for one user, in JSON.</summary>
internal sealed record QuickstartUserJson(
    string UserId,
    string AgentId,
    IReadOnlyList<MemorizeResultJson> Memorized,
    IReadOnlyList<RetrieveResultJson> Answers,
    RetrieveResultJson AskedAboutTheOther,
    StatisticsJson Statistics)
{
    public static QuickstartUserJson From(QuickstartUser user) => new(
        user.Space.Scope.User, user.Space.Scope.Agent, [.. user.Memorized.Select(MemorizeResultJson.From)],
        [.. user.Answers.Select(RetrieveResultJson.From)], RetrieveResultJson.From(user.AskedAboutTheOther), StatisticsJson.From(user.Statistics));
}
