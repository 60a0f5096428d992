namespace MemU.Retrieve.Evidence;

/// <summary>A calendar date as a question names it; a part that it does not name is 0.</summary>
/// <param name="Year">1 to 9999, or 0.</param>
/// <param name="Month">1 to 12, or 0.</param>
/// <param name="Day">1 to 31, or 0; never given without a month.</param>
internal readonly record struct AskedDate(int Year, int Month, int Day)
{
    /// <summary>How much a day fits that is only known to lie in the year asked for.</summary>
    public const double WholeYear = 0.3;

    private const double MonthOfAnyYear = 0.7;

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

        return Period(Year == 0 ? day.Year : Year).Match(day);
    }

    /// <summary>Whether the days from <paramref name="from"/> to <paramref name="to"/> overlap it; a bare year overlaps nothing.</summary>
    public bool Overlaps(DateOnly from, DateOnly to) => Month != 0 && Period(Year == 0 ? from.Year : Year).Overlaps(from, to);

    /// <summary>As ISO 8601 writes it, with a dash for the year that is not named: <c>2023-05-07</c>, <c>2023-05</c>, <c>2023</c>, <c>--05</c>.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{(Year == 0 ? "-" : $"{Year:0000}")}{(Month == 0 ? "" : $"-{Month:00}")}{(Day == 0 ? "" : $"-{Day:00}")}");

    private AskedPeriod Period(int year)
    {
        var daysInMonth = DateTime.DaysInMonth(year, Month);
        var day = Math.Min(Day, daysInMonth);
        return Day == 0
            ? new(new DateOnly(year, Month, 1), new DateOnly(year, Month, daysInMonth))
            : new(new DateOnly(year, Month, day), new DateOnly(year, Month, day));
    }
}
