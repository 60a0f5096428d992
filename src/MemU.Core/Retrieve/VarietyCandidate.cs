namespace MemU.Retrieve;

/// <summary>A hit that has no place in the list yet. Not thread-safe.</summary>
internal sealed class VarietyCandidate<T>(Scored<T> hit, WordPrint print)
{
    public Scored<T> Hit { get; } = hit;

    /// <summary>How much it repeats one of the hits before it, 0 to 1.</summary>
    public double Repeats { get; private set; }

    /// <summary>Its score less what it loses.</summary>
    public double Score(double strength) => Hit.Score * (1 - (strength * Repeats));

    /// <summary>Looks how much of another hit, which is before it now, it repeats.</summary>
    public void Compare(VarietyCandidate<T> better)
    {
        // Squared: half of the words in common says little, nearly all of them says that it is the same.
        var likeness = print.Likeness(better.Print);
        Repeats = Math.Max(Repeats, likeness * likeness);
    }

    private WordPrint Print => print;
}
