namespace MemU.Retrieve.Evidence;

/// <summary>Days that a question names relative to when it is asked ("last May", "three weeks ago"), as days from the first to the last.</summary>
internal readonly record struct AskedPeriod(DateOnly From, DateOnly To)
{
    // What happens in a period is often told a few days later.
    private const int DaysToTell = 10;
    private const double ToldLater = 0.7;

    /// <summary>How well a day fits, 0 to 1.</summary>
    public double Match(DateOnly day)
    {
        if (day < From)
        {
            return 0;
        }

        var daysAfter = day.DayNumber - To.DayNumber;
        return daysAfter <= 0 ? 1 : ToldLater * Math.Max(0, 1 - (daysAfter / (double)(DaysToTell + 1)));
    }

    /// <summary>Whether the days from <paramref name="from"/> to <paramref name="to"/> overlap it.</summary>
    public bool Overlaps(DateOnly from, DateOnly to) => from <= To && to >= From;
}
