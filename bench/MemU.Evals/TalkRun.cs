using System.Diagnostics;
using MemU.Evals.Data;
using MemU.Evals.Scoring;
using MemU.Retrieve;
using MemU.Retrieve.Evidence;
using MemU.Storage;
using Microsoft.Extensions.AI;

namespace MemU.Evals;

/// <summary>
/// One talk through the public API: each sitting memorized as messages with their dates and ids, each question asked when its sittings are known.
/// </summary>
internal sealed class TalkRun(MemorySpace space, Talk talk, bool bySitting, bool byItem, int depth, IReadOnlyList<RetrieveOptions> variants, RunProgress progress)
{
    private readonly PlainBm25 baseline = new();
    private readonly Dictionary<string, string> messages = new(StringComparer.Ordinal);

    /// <summary>The scores of each variant; the first is the one that is timed.</summary>
    public IReadOnlyList<List<QuestionScore>> Scores { get; } = [.. variants.Select(_ => new List<QuestionScore>())];

    public List<QuestionScore> BaselineScores { get; } = [];

    public List<double> Milliseconds { get; } = [];

    public Coverage Coverage { get; } = new();

    /// <summary>Time spent memorizing.</summary>
    public TimeSpan Memorizing { get; private set; }

    /// <summary>Time of questions that found the search index out of date, beyond what a question takes otherwise.</summary>
    public TimeSpan Indexing { get; private set; }

    /// <summary>Passages that such questions had to add.</summary>
    public int Indexed { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var questions = talk.Questions.ToLookup(q => q.SittingsBefore);
        var (outdated, first, indexed) = (0, new List<double>(), 0);
        progress.Begin();
        for (var sittings = 0; sittings <= talk.Sittings.Count; sittings++)
        {
            foreach (var question in questions[sittings])
            {
                progress.Tell(sittings, talk.Sittings.Count, BaselineScores.Count, talk.Questions.Count);
                var time = await AskAsync(question, cancellationToken);
                if (outdated > 0)
                {
                    first.Add(time);
                    indexed += outdated;
                    outdated = 0;
                }
                else
                {
                    Milliseconds.Add(time);
                }
            }

            if (sittings < talk.Sittings.Count && talk.Sittings[sittings].Turns.Count > 0)
            {
                progress.Tell(sittings, talk.Sittings.Count, BaselineScores.Count, talk.Questions.Count);
                await MemorizeAsync(talk.Sittings[sittings], cancellationToken);
                outdated += talk.Sittings[sittings].Turns.Count;
            }
        }

        var usual = Milliseconds.Count == 0 ? 0 : Milliseconds.Order().ElementAt(Milliseconds.Count / 2);
        Indexing = TimeSpan.FromMilliseconds(first.Sum(t => Math.Max(0, t - usual)));
        Indexed = indexed;
    }

    private async Task MemorizeAsync(Sitting sitting, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await space.MemorizeAsync(sitting.Turns.Select(t => Message(t, sitting.Time)), sitting.Id, cancellationToken: cancellationToken);
        Memorizing += Stopwatch.GetElapsedTime(started);
        Coverage.Add(sitting.GoldMemories, result.Items.Select(i => i.Summary));
        foreach (var turn in sitting.Turns)
        {
            baseline.Add(turn);
        }

        if (byItem)
        {
            await foreach (var passage in StorePaging.AllAsync((page, token) => space.ListPassagesAsync(result.Resource.Id, page, token), cancellationToken))
            {
                messages[passage.Id] = passage.MessageId!;
            }
        }
    }

    private async Task<double> AskAsync(AskedQuestion question, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await space.RetrieveAsync(question.Text, variants[0] with { AskedAt = question.AskedAt }, cancellationToken);
        var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Scores[0].Add(ScoreOf(question, result));
        for (var i = 1; i < variants.Count; i++)
        {
            Scores[i].Add(ScoreOf(question, await space.RetrieveAsync(question.Text, variants[i] with { AskedAt = question.AskedAt }, cancellationToken)));
        }

        BaselineScores.Add(new QuestionScore(question.Category, question.Evidence, baseline.Rank(question.Text, depth).Select(Unit)));
        return time;
    }

    private QuestionScore ScoreOf(AskedQuestion question, RetrieveResult result) =>
        byItem
            ? new(question.Category, question.Evidence, result.Items.Select(i => i.Value.PassageIds.Select(p => Unit(messages[p]))))
            : new(question.Category, question.Evidence, result.Evidence.Select(e => Unit(e.Value.MessageId!)));

    private string Unit(string messageId) => bySitting ? RealmemFolder.SittingOf(messageId) : messageId;

    private static ChatMessage Message(Turn turn, DateTimeOffset? time)
    {
        var kind = Roles.KindOf(turn.Speaker);
        return new ChatMessage(kind == RoleKind.Assistant ? ChatRole.Assistant : ChatRole.User, turn.Text)
        {
            MessageId = turn.Id,
            CreatedAt = time,
            AuthorName = kind == RoleKind.Named ? turn.Speaker : null,
        };
    }
}
