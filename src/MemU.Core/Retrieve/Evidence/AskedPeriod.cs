namespace MemU.Retrieve.Evidence;

/// <summary>Days that a question names relative to when it is asked ("last May", "three weeks ago", "last year"), as days from the first to the last.</summary>
internal readonly record struct AskedPeriod(DateOnly From, DateOnly To)
{
    // What happens in a period is often told a few days later.
    private const int DaysToTell = 10;
    private const double ToldLater = 0.7;

    private const int DaysOfMonth = 31;

    /// <summary>How much it says that something lies in it, 0 to 1: of a season or a year as little as of a year that is named.</summary>
    public double Weight => To.DayNumber - From.DayNumber < DaysOfMonth ? 1 : AskedDate.WholeYear;

    /// <summary>How well a day fits, 0 to <see cref="Weight"/>.</summary>
    public double Match(DateOnly day)
    {
        if (day < From)
        {
            return 0;
        }

        var daysAfter = day.DayNumber - To.DayNumber;
        return Weight * (daysAfter <= 0 ? 1 : ToldLater * Math.Max(0, 1 - (daysAfter / (double)(DaysToTell + 1))));
    }

    /// <summary>Whether the days from <paramref name="from"/> to <paramref name="to"/> overlap it.</summary>
    public bool Overlaps(DateOnly from, DateOnly to) => from <= To && to >= From;
}
