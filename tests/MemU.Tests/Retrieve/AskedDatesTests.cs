using MemU.Retrieve.Evidence;

namespace MemU.Tests.Retrieve;

public sealed class AskedDatesTests
{
    [Theory]
    [InlineData("What happened on 2023-05-07?", 2023, 5, 7)]
    [InlineData("What happened in 2023-05?", 2023, 5, 0)]
    [InlineData("Who called on 7 May 2023?", 2023, 5, 7)]
    [InlineData("Who called on the 7th of May, 2023?", 2023, 5, 7)]
    [InlineData("Who called on May 7, 2023?", 2023, 5, 7)]
    [InlineData("Who called on may 7th?", 0, 5, 7)]
    [InlineData("Who called in May 2023?", 2023, 5, 0)]
    [InlineData("Who called in Sept. 2023?", 2023, 9, 0)]
    [InlineData("Who called in december?", 0, 0, 0)]
    [InlineData("Who called in December?", 0, 12, 0)]
    [InlineData("What did we plan for 2021?", 2021, 0, 0)]
    [InlineData("2023年5月7日发生了什么？", 2023, 5, 7)]
    [InlineData("2023年5月はどうでしたか", 2023, 5, 0)]
    [InlineData("May I ask who won the march?", 0, 0, 0)]
    [InlineData("Who called at 10 past 7?", 0, 0, 0)]
    [InlineData("What costs 20235 euros?", 0, 0, 0)]
    public void A_date_is_read_as_it_is_named(string question, int year, int month, int day)
    {
        var dates = AskedDates.In(question);
        if ((year, month, day) == default)
        {
            Assert.Empty(dates);
        }
        else
        {
            Assert.Equal(new AskedDate(year, month, day), Assert.Single(dates));
        }
    }

    [Fact]
    public void Several_dates_are_all_read() =>
        Assert.Equal([new AskedDate(2023, 5, 0), new AskedDate(2023, 6, 3)], AskedDates.In("Between May 2023 and 3 June 2023?"));

    [Theory]
    [InlineData("2023-05-07", 2023, 5, 7, 1)]
    [InlineData("2023-05-06", 2023, 5, 7, 0)]
    [InlineData("2023-05-31", 2023, 5, 0, 1)]
    [InlineData("2024-05-31", 2023, 5, 0, 0)]
    [InlineData("2024-05-31", 0, 5, 0, 0.7)]
    [InlineData("2024-05-07", 0, 5, 7, 1)]
    [InlineData("2023-12-31", 2023, 0, 0, 0.3)]
    [InlineData("2023-06-11", 2023, 5, 0, 0)]
    [InlineData("2024-02-28", 2023, 2, 30, 0)]
    [InlineData("2023-02-28", 2023, 2, 30, 1)]
    public void A_day_fits_the_better_the_more_exactly_it_is_named(string day, int year, int month, int dayOfMonth, double expected) =>
        Assert.Equal(expected, new AskedDate(year, month, dayOfMonth).Match(DateOnly.Parse(day)), 6);

    [Fact]
    public void What_was_said_soon_after_fits_less_and_less()
    {
        var fits = Enumerable.Range(7, 12).Select(d => new AskedDate(2023, 5, 7).Match(new DateOnly(2023, 5, d))).ToList();
        Assert.Equal(fits.OrderDescending(), fits);
        Assert.InRange(fits[1], 0.6, 0.7);
        Assert.Equal(0, fits[^1]);
    }
}
