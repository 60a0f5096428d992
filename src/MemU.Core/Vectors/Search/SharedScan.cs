using System.Runtime.ExceptionServices;

namespace MemU.Vectors;

/// <summary>
/// A search in which other threads take part: each takes the next stretch of rows until none is left. Who asked begins at once and waits for nobody who has not
/// begun, so a busy machine costs nothing but the help. Kept with its question; allocates nothing when it is used again. Not thread-safe.
/// </summary>
internal sealed class SharedScan
{
    private readonly List<ScanShare> shares = [];
    private SearchScratch? question;
    private VectorGroup? group;
    private bool rounded;
    private int stretches;
    private int next;

    /// <summary>False when an absurd question has made a share's room large.</summary>
    public bool IsSmall => shares.TrueForAll(static s => s.Room.IsSmall);

    /// <summary>Searches the stretches of a group, by this thread and some others; what they find is found here.</summary>
    public void Run(SearchScratch asked, VectorGroup searched, bool inRounded, int count, int others)
    {
        (question, group, rounded, stretches, next) = (asked, searched, inRounded, count, 0);
        while (shares.Count < others)
        {
            shares.Add(new ScanShare(this));
        }

        // Before any is offered: what fails here leaves nobody reading.
        for (var i = 0; i < others; i++)
        {
            searched.Prepare(asked, shares[i].Room, inRounded);
        }

        ExceptionDispatchInfo? failure = null;
        var offered = 0;
        try
        {
            for (; offered < others; offered++)
            {
                shares[offered].Offer();
            }

            Work(asked.Room);
        }
        finally
        {
            // Nobody may read rows any more when the caller gives back its lock.
            for (var i = 0; i < offered; i++)
            {
                var failed = shares[i].End();
                failure ??= failed;
            }

            (question, group) = (null, null);
        }

        failure?.Throw();
        for (var i = 0; i < others; i++)
        {
            asked.Room.Take(shares[i].Room);
        }
    }

    /// <summary>Takes stretches until there are no more.</summary>
    public void Work(ScanRoom room)
    {
        for (var stretch = Interlocked.Increment(ref next) - 1; stretch < stretches; stretch = Interlocked.Increment(ref next) - 1)
        {
            group!.SearchStretch(question!, room, rounded, stretch);
        }
    }
}
