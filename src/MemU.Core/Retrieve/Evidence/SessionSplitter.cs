namespace MemU.Retrieve.Evidence;

/// <summary>
/// Splits the passages of each resource into sessions: where times are known, at a pause of several hours; else at a change of topic. Not
/// thread-safe.
/// </summary>
internal sealed class SessionSplitter(int sessionsBefore = 0, int passagesBefore = 0)
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    private readonly List<PassageSession> sessions = [];
    private Passage? last;
    private int first = passagesBefore;
    private int count = passagesBefore;
    private SpeechTotals totals;

    /// <summary>Takes the next passage and returns the number of its session.</summary>
    public int Add(Passage passage, RoleKind speaker, int terms)
    {
        if (last is not null && BeginsSession(last, passage))
        {
            Close();
        }

        totals = totals.With(speaker, terms);
        last = passage;
        count++;
        return sessionsBefore + sessions.Count;
    }

    /// <summary>The sessions of the passages that were taken.</summary>
    public PassageSession[] Finish()
    {
        if (count > first)
        {
            Close();
        }

        return [.. sessions];
    }

    private static bool BeginsSession(Passage last, Passage next) =>
        last.ResourceId != next.ResourceId
        || (last.HappenedAt is { } before && next.HappenedAt is { } after
            ? (after - before).Duration() >= Pause
            : last.Segment != next.Segment);

    private void Close()
    {
        sessions.Add(new PassageSession(first, count, totals.Terms, totals.Kind));
        first = count;
        totals = default;
    }
}
