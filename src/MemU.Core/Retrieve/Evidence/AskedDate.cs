namespace MemU.Retrieve.Evidence;

/// <summary>A calendar date as a question names it; a part that it does not name is 0.</summary>
/// <param name="Year">1 to 9999, or 0.</param>
/// <param name="Month">1 to 12, or 0.</param>
/// <param name="Day">1 to 31, or 0; never given without a month.</param>
internal readonly record struct AskedDate(int Year, int Month, int Day)
{
    // What happens in a period is often told a few days later.
    private const int DaysToTell = 10;
    private const double ToldLater = 0.7;
    private const double MonthOfAnyYear = 0.7;
    private const double WholeYear = 0.3;

    /// <summary>How well a day fits, 0 to 1: the more exactly the question names it, the more.</summary>
    public double Match(DateOnly day)
    {
        if (Month == 0)
        {
            return day.Year == Year ? WholeYear : 0;
        }

        if (Year == 0 && Day == 0)
        {
            return day.Month == Month ? MonthOfAnyYear : 0;
        }

        var (first, last) = Span(Year == 0 ? day.Year : Year);
        if (day < first)
        {
            return 0;
        }

        var daysAfter = day.DayNumber - last.DayNumber;
        return daysAfter <= 0 ? 1 : ToldLater * Math.Max(0, 1 - (daysAfter / (double)(DaysToTell + 1)));
    }

    private (DateOnly First, DateOnly Last) Span(int year)
    {
        var daysInMonth = DateTime.DaysInMonth(year, Month);
        return Day == 0
            ? (new DateOnly(year, Month, 1), new DateOnly(year, Month, daysInMonth))
            : (new DateOnly(year, Month, Math.Min(Day, daysInMonth)), new DateOnly(year, Month, Math.Min(Day, daysInMonth)));
    }
}
