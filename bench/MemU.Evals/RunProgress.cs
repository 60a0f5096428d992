using System.Diagnostics;

namespace MemU.Evals;

/// <summary>Tells on the standard error how far a long run is: at most one line every few seconds, none for a short run.</summary>
internal sealed class RunProgress(int talks, TextWriter output)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private long last = Stopwatch.GetTimestamp();
    private int talk;

    public void Begin() => talk++;

    public void Tell(int sittings, int ofSittings, int questions, int ofQuestions)
    {
        if (Stopwatch.GetElapsedTime(last) >= Pause)
        {
            last = Stopwatch.GetTimestamp();
            output.WriteLine($"conversation {talk} of {talks}: {sittings} of {ofSittings} sessions memorized, {questions} of {ofQuestions} questions asked");
        }
    }
}
