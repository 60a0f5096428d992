using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Retrieve;

namespace MemU.Cli.Quickstart;

/// <summary>Tells people what the quickstart did and what to try next.</summary>
internal static class QuickstartView
{
    public static void Show(VerbCall call, IReadOnlyList<QuickstartUser> users, IReadOnlyList<string> files, IReadOnlyList<string> next)
    {
        var output = call.Output;
        output.Line($"MemU remembers for users and agents. This is a tour with made-up people; engine: {Engine(users[0].Memorized[0].Engine)}.");
        output.Line();
        output.Line("1. Remembered, for two users", Styles.Heading);
        ShowMemorized(output, users);
        foreach (var (user, number) in users.Select((u, i) => (u, i + 2)))
        {
            output.Line();
            output.Line($"{number}. Asked as {user.Space.Scope.User}", Styles.Heading);
            user.Answers.ToList().ForEach(a => ShowAnswer(output, user, a));
        }

        output.Line();
        output.Line("4. Kept apart", Styles.Heading);
        ShowApart(output, users[0], users[1]);
        ShowApart(output, users[1], users[0]);

        output.Line();
        output.Line("5. Where things stand", Styles.Heading);
        users.ToList().ForEach(u => ShowCategories(output, u));

        output.Line();
        output.Line("6. Where the files are", Styles.Heading);
        (files.Count > 0 ? files : ["(in memory only; gone when this command ends)"]).ToList().ForEach(f => output.Line("  " + f));

        output.Line();
        output.Line("7. Try next", Styles.Heading);
        next.ToList().ForEach(n => output.Line("  " + n));
    }

    private static void ShowMemorized(CliOutput output, IReadOnlyList<QuickstartUser> users)
    {
        var rows = new Rows(2, "USER", "RESULT", "KIND", "PASSAGES", "MEMORIES", "SOURCE");
        foreach (var (user, result) in users.SelectMany(u => u.Memorized.Select(m => (u, m))))
        {
            rows.Add(
                user.Space.Scope.User, result.Outcome.ToString().ToLowerInvariant(), result.Resource.Modality.Name, Format.Number(result.Passages),
                result.Items.Count == 0 ? "-" : Format.Number(result.Items.Count), result.Resource.Url);
        }

        rows.ShowOn(output);
    }

    private static string Engine(string name) => name == "offline" ? "offline (no model, no key, no network)" : name;

    private static void ShowAnswer(CliOutput output, QuickstartUser user, RetrieveResult answer)
    {
        output.Line($"  {answer.OriginalQuery}");
        var hits = new Hits(indent: 4);
        foreach (var hit in answer.Evidence)
        {
            var source = user.Memorized.FirstOrDefault(m => m.Resource.Id == hit.Value.ResourceId)?.Resource.Url.Split('/')[^1];
            string?[] about = [hit.Value.Role, Format.When(hit.Value.HappenedAt), source];
            hits.Add(hit.Score, SafeText.Line(hit.Value.Text, 300), string.Join(" · ", about.Where(a => !string.IsNullOrEmpty(a))));
        }

        hits.ShowOn(output);
    }

    private static void ShowApart(CliOutput output, QuickstartUser asked, QuickstartUser other)
    {
        var foreign = asked.AskedAboutTheOther.Evidence.Count(e => e.Value.Scope != asked.Space.Scope)
            + asked.AskedAboutTheOther.Items.Count(i => i.Value.Scope != asked.Space.Scope);
        output.Line(
            $"  Asked as {asked.Space.Scope.User}, \"{asked.AskedAboutTheOther.OriginalQuery}\" finds {Format.Count(foreign, "memory", "memories")} of {other.Space.Scope.User}, " +
            $"who has {Format.Count(other.Statistics.Passages, "passage")} and {Format.Count(other.Statistics.Items, "memory", "memories")}.");
    }

    private static void ShowCategories(CliOutput output, QuickstartUser user)
    {
        var statistics = user.Statistics;
        output.Line($"  {user.Space.Scope.User}: {Format.Count(statistics.Resources, "resource")}, {Format.Count(statistics.Passages, "passage")}, {Format.Count(statistics.Items, "memory", "memories")}");
        var rows = new Rows(4, "CATEGORY", "MEMORIES", "SUMMARY");
        foreach (var category in user.Categories.Where(c => !string.IsNullOrEmpty(c.Summary)).OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            rows.Add(category.Name, Format.Number(statistics.ItemsByCategory.GetValueOrDefault(category.Name)), SafeText.Line(category.Summary?.TrimStart('-', '#', ' '), 100));
        }

        rows.ShowOn(output);
    }
}
