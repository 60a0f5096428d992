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

    [Theory]
    [InlineData("2026-07-10", "Where did she travel last year?", "2025-01-01", "2025-12-31")]
    [InlineData("2026-07-10", "What did she start a year ago?", "2025-01-01", "2025-12-31")]
    [InlineData("2026-07-10", "What did she start two years ago?", "2024-01-01", "2024-12-31")]
    [InlineData("2026-07-10", "Who married in the year before last?", "2024-01-01", "2024-12-31")]
    [InlineData("2026-07-10", "What did they plant last spring?", "2026-03-01", "2026-05-31")]
    [InlineData("2026-05-31", "What did they plant last spring?", "2025-03-01", "2025-05-31")]
    [InlineData("2026-06-01", "What did they plant LAST SPRING?", "2026-03-01", "2026-05-31")]
    [InlineData("2026-07-10", "Where did they swim last summer?", "2025-06-01", "2025-08-31")]
    [InlineData("2026-10-10", "Where did they swim this past summer?", "2026-06-01", "2026-08-31")]
    [InlineData("2026-10-10", "Who moved in last autumn?", "2025-09-01", "2025-11-30")]
    [InlineData("2026-12-01", "Who moved in last fall?", "2026-09-01", "2026-11-30")]
    [InlineData("2026-12-24", "Who skied last winter?", "2025-12-01", "2026-02-28")]
    [InlineData("2026-02-10", "Who skied last winter?", "2024-12-01", "2025-02-28")]
    [InlineData("2024-03-01", "Who skied last winter?", "2023-12-01", "2024-02-29")]
    [InlineData("2026-07-10", "Where did they swim the summer before last?", "2024-06-01", "2024-08-31")]
    [InlineData("2026-07-10", "Where did they swim three summers ago?", "2023-06-01", "2023-08-31")]
    public void A_past_year_or_season_is_read_from_the_day_of_asking(string askedOn, string question, string from, string to) =>
        Assert.Equal([new AskedPeriod(DateOnly.Parse(from), DateOnly.Parse(to))], AskedDates.RelativeIn(question, DateOnly.Parse(askedOn)));

    [Theory]
    [InlineData("What does she plan for this year?")]
    [InlineData("What does she plan for next year?")]
    [InlineData("What does she plan for next summer?")]
    [InlineData("What has she learned in the past year?")]
    [InlineData("When did she last fall?")]
    [InlineData("How did it go 9000 summers ago?")]
    [InlineData("How did it go 0 winters ago?")]
    public void What_is_no_past_year_or_season_is_not_read_as_one(string question) => Assert.Empty(AskedDates.RelativeIn(question, new DateOnly(2026, 7, 10)));

    [Fact]
    public void A_past_year_or_season_lifts_a_day_as_little_as_a_year_that_is_named()
    {
        var askedOn = new DateOnly(2026, 7, 10);
        var year = Assert.Single(AskedDates.RelativeIn("last year", askedOn));
        var summer = Assert.Single(AskedDates.RelativeIn("last summer", askedOn));
        var month = Assert.Single(AskedDates.RelativeIn("last month", askedOn));
        var named = Assert.Single(AskedDates.In("2025"));
        var day = new DateOnly(2025, 7, 31);
        Assert.Equal((named.Match(day), named.Match(day)), (year.Match(day), summer.Match(day)));
        Assert.Equal((0, 0), (year.Match(askedOn), summer.Match(new DateOnly(2025, 5, 31))));
        Assert.Equal(1, month.Match(new DateOnly(2026, 6, 30)));
        Assert.True(summer.Match(new DateOnly(2025, 9, 2)) is > 0 and var later && later < summer.Match(day));
    }

    [Fact]
    public void A_long_question_is_read_in_no_time() =>
        Assert.Empty(AskedDates.RelativeIn(string.Concat(Enumerable.Repeat("when last fall ", 70_000)), new DateOnly(2026, 7, 10)));
}
