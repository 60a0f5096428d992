namespace MemU.Retrieve.Evidence;

/// <summary>
/// Finds an assistant that bears a name: of the two who speak in a session, the one whose turns are long where the other's are short. Friends who chat write about as much as one another.
/// </summary>
internal static class LongAnswerer
{
    // Terms are words without stop words: 30 are some 60 words.
    private const int LeastTerms = 30;
    private const int TimesAsLong = 2;
    private const int LeastTurns = 2;

    /// <summary>The number of that speaker; null where there is none, or where roles tell who is the assistant.</summary>
    /// <param name="turns">The turns of one session.</param>
    /// <param name="terms">How many terms each has.</param>
    public static int? Of(ReadOnlySpan<PassageFacts> turns, ReadOnlySpan<int> terms)
    {
        var (one, other) = (turns.Length > 0 ? turns[0].Speaker : -1, (int?)null);
        Span<int> said = stackalloc int[2], times = stackalloc int[2];
        for (var i = 0; i < turns.Length; i++)
        {
            var turn = turns[i];
            other ??= turn.Speaker != one ? turn.Speaker : null;
            if (turn.Traits.HasFlag(PassageTraits.ByAssistant) || (turn.Speaker != one && turn.Speaker != other))
            {
                return null;
            }

            var who = turn.Speaker == one ? 0 : 1;
            said[who] += terms[i];
            times[who]++;
        }

        if (other is not { } second || times[0] < LeastTurns || times[1] < LeastTurns)
        {
            return null;
        }

        var (first, last) = ((double)said[0] / times[0], (double)said[1] / times[1]);
        var (longer, most, least) = first > last ? (one, first, last) : (second, last, first);
        return longer >= 0 && most >= LeastTerms && most >= TimesAsLong * least ? longer : null;
    }
}
