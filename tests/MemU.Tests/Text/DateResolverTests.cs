using CsCheck;
using MemU.Text;

namespace MemU.Tests.Text;

public class DateResolverTests
{
    private static readonly string[] Units = ["days", "weeks", "months", "years", "weekends", "Fridays"];

    // a Wednesday
    private static readonly DateTimeOffset Anchor = new(2017, 5, 10, 21, 30, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("I went there yesterday.", "9 May 2017")]
    [InlineData("the day before yesterday", "8 May 2017")]
    [InlineData("See you tomorrow", "11 May 2017")]
    [InlineData("the day after tomorrow", "12 May 2017")]
    [InlineData("Last night it rained", "9 May 2017")]
    [InlineData("this morning", "10 May 2017")]
    [InlineData("last Friday", "5 May 2017")]
    [InlineData("last Wednesday", "3 May 2017")]
    [InlineData("this Friday", "12 May 2017")]
    [InlineData("this coming Monday", "15 May 2017")]
    [InlineData("next Friday", "19 May 2017")]
    [InlineData("two weeks ago", "week of 24 April 2017")]
    [InlineData("a week ago", "week of 1 May 2017")]
    [InlineData("last week", "week of 1 May 2017")]
    [InlineData("this weekend", "weekend of 13 May 2017")]
    [InlineData("last weekend", "weekend of 6 May 2017")]
    [InlineData("two weekends ago", "weekend of 29 April 2017")]
    [InlineData("two Fridays ago", "28 April 2017")]
    [InlineData("the week before last", "week of 24 April 2017")]
    [InlineData("three days ago", "7 May 2017")]
    [InlineData("5 months ago", "December 2016")]
    [InlineData("next month", "June 2017")]
    [InlineData("last year", "2016")]
    [InlineData("4 years ago", "2013")]
    [InlineData("last May", "May 2016")]
    [InlineData("next May", "May 2018")]
    [InlineData("two weeks from now", "week of 22 May 2017")]
    public void Relative_words_are_told_from_the_day_of_speaking(string text, string date) => Assert.Equal(date, Joined(text, Anchor));

    [Theory]
    [InlineData("7 May 2017", "7 May 2017")]
    [InlineData("the 7th of May, 2017", "7 May 2017")]
    [InlineData("May 7, 2017", "7 May 2017")]
    [InlineData("May 7th", "7 May 2017")]
    [InlineData("on 2 Jan", "2 January 2017")]
    [InlineData("December 31", "31 December 2016")]
    [InlineData("2017-05-07", "7 May 2017")]
    [InlineData("2017/5/7", "7 May 2017")]
    [InlineData("07.05.2017", "7 May 2017")]
    [InlineData("3/14/2017", "14 March 2017")]
    [InlineData("on 3/14", "14 March 2017")]
    [InlineData("2017年5月7日", "7 May 2017")]
    [InlineData("5月7号", "7 May 2017")]
    [InlineData("2017년 5월 7일", "7 May 2017")]
    [InlineData("May 2021", "May 2021")]
    [InlineData("in March", "March 2017")]
    [InlineData("in December", "December 2016")]
    [InlineData("since 2016", "2016")]
    [InlineData("from 7 May 2017 to 9 May 2017", "7 May 2017, 9 May 2017")]
    public void Named_dates_are_read(string text, string date) => Assert.Equal(date, Joined(text, Anchor));

    [Theory]
    [InlineData("31 February 2017")]
    [InlineData("4/5/2017")]
    [InlineData("3/4 of it")]
    [InlineData("it may be")]
    [InlineData("we march in 2 lines")]
    [InlineData("over the last month, the past year")]
    [InlineData("2000 pieces or 1999 ways, version 1.2.3, ratio 16/9/4")]
    [InlineData("call 2017-99-99")]
    [InlineData("this week 1 syllabus, the current week, the previous year")]
    [InlineData("昨天")]
    [InlineData("in November, half a year away")]
    public void What_is_ambiguous_or_no_date_is_left_alone(string text) => Assert.Equal("", Joined(text, Anchor));

    [Theory]
    [InlineData("2024-03-01", "yesterday", "29 February 2024")]
    [InlineData("2017-03-01", "yesterday", "28 February 2017")]
    [InlineData("2017-01-01", "yesterday", "31 December 2016")]
    [InlineData("2016-12-31", "tomorrow", "1 January 2017")]
    [InlineData("2017-01-15", "last month", "December 2016")]
    [InlineData("2016-12-31", "next month", "January 2017")]
    [InlineData("2017-01-02", "last week", "week of 26 December 2016")]
    [InlineData("2017-01-01", "last weekend", "weekend of 24 December 2016")]
    [InlineData("2017-01-01", "this weekend", "weekend of 31 December 2016")]
    [InlineData("2024-02-29", "a year ago", "2023")]
    [InlineData("2024-03-31", "one month ago", "February 2024")]
    [InlineData("2017-12-30", "January 2", "2 January 2018")]
    [InlineData("2017-01-03", "on 30 December", "30 December 2016")]
    public void Turns_of_the_month_and_year_are_right(string day, string text, string date) =>
        Assert.Equal(date, Joined(text, new DateTimeOffset(DateTime.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero)));

    [Fact]
    public void Without_a_day_of_speaking_only_full_dates_are_read() =>
        Assert.Equal("7 May 2017", Joined("yesterday, last Friday, May 3 and 7 May 2017", null));

    [Fact]
    public void The_span_is_the_expression()
    {
        const string Text = "We met on 7 May 2017, the day after tomorrow's news.";

        Assert.Equal(["7 May 2017", "the day after tomorrow"], DateResolver.Find(Text, Anchor).Select(m => Text.Substring(m.Start, m.Length)));
    }

    [Theory]
    [InlineData(DatePrecision.Day, "2024-02-10", "2024-02-10")]
    [InlineData(DatePrecision.Weekend, "2024-02-10", "2024-02-11")]
    [InlineData(DatePrecision.Week, "2024-02-05", "2024-02-11")]
    [InlineData(DatePrecision.Month, "2024-02-01", "2024-02-29")]
    [InlineData(DatePrecision.Year, "2024-01-01", "2024-12-31")]
    internal void An_interval_ends_on_its_last_day(DatePrecision precision, string from, string to) =>
        Assert.Equal(DateOnly.ParseExact(to, "yyyy-MM-dd"), new DateMention(0, 1, DateOnly.ParseExact(from, "yyyy-MM-dd"), precision).To);

    [Fact]
    public void No_day_of_speaking_and_no_number_is_too_far() =>
        Gen.Select(Gen.DateTimeOffset, Gen.Int[0, 9999], Gen.Int[0, 5])
            .Sample((anchor, n, u) => Assert.All(
                DateResolver.Find($"{n} {Units[u]} ago, {n} {Units[u]} from now, last week, next month, last year, next Friday, last Sunday, May 3", anchor),
                m => Assert.True(m.From <= m.To)));

    private static string Joined(string text, DateTimeOffset? anchor) => string.Join(", ", DateResolver.Find(text, anchor).Select(m => m.Text));
}
