using MemU.Retrieve.Lexical;

namespace MemU.Retrieve.Evidence;

/// <summary>
/// How well the words of a question fit: each passage by itself, each passage read together with its neighbours, and each session as a
/// whole, in one walk over the postings. For one question; not thread-safe.
/// </summary>
internal sealed class WordScores
{
    private readonly PassageIndex index;
    private readonly float[] pieces;
    private readonly int[] inWindow;
    private readonly List<int> touchedWindows = [];
    private readonly List<(int Session, int Frequency)> touchedSessions = [];
    private readonly double averageWindow;
    private readonly double averageSession;

    public WordScores(PassageIndex index, IEnumerable<string> terms)
    {
        this.index = index;
        pieces = new float[index.Pieces.Count];
        inWindow = new int[index.Count];
        Passages = new float[index.Count];
        Windows = new float[index.Count];
        Sessions = new float[index.Sessions.Length];
        averageWindow = Math.Max(1, (double)index.LengthsBefore[^1] / Math.Max(1, index.Count) * ((2 * Reach) + 1));
        averageSession = Math.Max(1, (double)index.LengthsBefore[^1] / Math.Max(1, index.Sessions.Length));
        foreach (var term in terms)
        {
            Add(index.Pieces.Find(term));
        }

        for (var piece = 0; piece < pieces.Length; piece++)
        {
            ref var passage = ref Passages[index.PassageOfPiece[piece]];
            passage = Math.Max(passage, pieces[piece]);
        }
    }

    /// <summary>How many passages to each side make a window.</summary>
    public const int Reach = 2;

    /// <summary>BM25 of each passage; of the best piece where it has several.</summary>
    public float[] Passages { get; }

    /// <summary>BM25 of each passage with its neighbours within the session, as one text.</summary>
    public float[] Windows { get; }

    /// <summary>BM25 of each session as one text.</summary>
    public float[] Sessions { get; }

    private void Add(Postings found)
    {
        var idf = Bm25.Idf(index.Pieces.Count, found.Documents.Length);
        for (var i = 0; i < found.Documents.Length; i++)
        {
            var (piece, frequency) = (found.Documents[i], found.Frequencies[i]);
            pieces[piece] += (float)(idf * Bm25.Weight(frequency, index.Pieces.Lengths[piece], index.Pieces.AverageLength));
            Collect(index.PassageOfPiece[piece], frequency);
        }

        foreach (var passage in touchedWindows)
        {
            var session = index.Sessions[index.Facts[passage].Session];
            var (from, to) = (Math.Max(session.First, passage - Reach), Math.Min(session.End, passage + Reach + 1));
            var length = index.LengthsBefore[to] - index.LengthsBefore[from];
            Windows[passage] += (float)(idf * Bm25.Weight(inWindow[passage], length, averageWindow));
            inWindow[passage] = 0;
        }

        var idfOfSessions = Bm25.Idf(index.Sessions.Length, touchedSessions.Count);
        foreach (var (session, frequency) in touchedSessions)
        {
            Sessions[session] += (float)(idfOfSessions * Bm25.Weight(frequency, index.Sessions[session].Terms, averageSession));
        }

        touchedWindows.Clear();
        touchedSessions.Clear();
    }

    private void Collect(int passage, ushort frequency)
    {
        var number = index.Facts[passage].Session;
        var session = index.Sessions[number];
        for (var i = Math.Max(session.First, passage - Reach); i < Math.Min(session.End, passage + Reach + 1); i++)
        {
            if (inWindow[i] == 0)
            {
                touchedWindows.Add(i);
            }

            inWindow[i] += frequency;
        }

        if (touchedSessions is [.., var last] && last.Session == number)
        {
            touchedSessions[^1] = (number, last.Frequency + frequency);
        }
        else
        {
            touchedSessions.Add((number, frequency));
        }
    }
}
