namespace MemU.Retrieve.Evidence;

/// <summary>
/// Puts the messages of one speaker together that follow one another, as in a chat where a thought is sent in three messages: neighbours of a passage are what others said before and after
/// it. Not thread-safe.
/// </summary>
internal sealed class TurnSplitter(int turnsBefore = 0, int passagesBefore = 0)
{
    // Whoever only takes notes says everything in one turn, in which the first line has little to do with the last.
    private const int MostMessages = 6;

    private readonly List<int> firsts = [];
    private int count = passagesBefore;
    private int session = -1;
    private string? role;
    private bool asks;

    /// <summary>Whether the turn before that of the passage taken last asks something, and another wrote it.</summary>
    public bool FollowsQuestion { get; private set; }

    /// <summary>Takes the next passage and returns the number of its turn.</summary>
    public int Add(int inSession, string? byRole, bool asksQuestion)
    {
        var isSameSession = session == inSession;
        var isSameRole = string.Equals(role, byRole, StringComparison.OrdinalIgnoreCase);
        if (!isSameSession || !isSameRole || string.IsNullOrWhiteSpace(byRole) || count - firsts[^1] >= MostMessages)
        {
            firsts.Add(count);
            FollowsQuestion = isSameSession && !isSameRole && asks;
            (session, role, asks) = (inSession, byRole, false);
        }

        asks |= asksQuestion;
        count++;
        return turnsBefore + firsts.Count - 1;
    }

    /// <summary>The first passage of each turn, and the number after the last passage.</summary>
    public int[] Finish() => [.. firsts, count];
}
