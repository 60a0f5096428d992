using System.Globalization;

namespace MemU.Text;

/// <summary>A date that a text names, and the days it stands for.</summary>
/// <param name="Start">Where it stands in the text, in UTF-16 characters.</param>
/// <param name="Length">Its length there.</param>
/// <param name="From">The first day.</param>
/// <param name="Precision">How many days.</param>
internal readonly record struct DateMention(int Start, int Length, DateOnly From, DatePrecision Precision)
{
    /// <summary>The last day.</summary>
    public DateOnly To => DateOnly.FromDayNumber(Math.Min(DateOnly.MaxValue.DayNumber, Precision switch
    {
        DatePrecision.Day => From.DayNumber,
        DatePrecision.Weekend => From.DayNumber + 1,
        DatePrecision.Week => From.DayNumber + 6,
        DatePrecision.Month => From.DayNumber + DateTime.DaysInMonth(From.Year, From.Month) - 1,
        _ => From.DayNumber + (DateTime.IsLeapYear(From.Year) ? 365 : 364),
    }));

    /// <summary>The date in words: <c>7 May 2017</c>, <c>week of 1 May 2017</c>, <c>May 2017</c>, <c>2017</c>.</summary>
    public string Text => Precision switch
    {
        DatePrecision.Day => Day(From),
        DatePrecision.Weekend => $"weekend of {Day(From)}",
        DatePrecision.Week => $"week of {Day(From)}",
        DatePrecision.Month => From.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        _ => From.ToString("yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>A day in words: <c>7 May 2017</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
