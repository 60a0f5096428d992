using MemU.Reasoning;

namespace MemU.Tests.Offline;

public class SummarizerTests
{
    [Fact]
    public async Task New_items_are_listed_the_newest_first() =>
        Assert.Equal("- second\n- first", await PageAsync(null, ["first", "second"]));

    [Fact]
    public async Task New_items_come_before_old_ones_and_nothing_stands_twice() =>
        Assert.Equal("- new\n- old fact.\n- older", await PageAsync("- Old fact\n- older", ["old fact.", "new"], length: 400));

    [Fact]
    public async Task Lines_of_removed_items_go() =>
        Assert.Equal("- new\n- kept", await PageAsync("- gone\n- kept", ["new"], ["gone"]));

    [Fact]
    public async Task Text_that_somebody_wrote_stays_above_the_list() =>
        Assert.Equal("# About Ada\n\nShe is a **nurse**.\n\n- new", await PageAsync("# About Ada\n\nShe is a **nurse**.", ["new"]));

    [Fact]
    public async Task Text_that_somebody_wrote_and_the_list_below_it_live_together() =>
        Assert.Equal("She is a nurse.\n\n- newer\n- new", await PageAsync("She is a nurse.\n\n- new", ["newer"]));

    [Fact]
    public async Task A_page_keeps_to_its_length_and_drops_the_oldest()
    {
        string[] items = [.. Enumerable.Range(0, 100).Select(i => $"fact number {i} about mills and rivers")];

        var page = await PageAsync(null, items, length: 50);

        Assert.StartsWith("- fact number 99 ", page);
        Assert.InRange(page!.Split(' ').Length, 30, 60);
    }

    [Fact]
    public async Task Chinese_words_are_counted_without_blanks()
    {
        string[] items = [.. Enumerable.Range(0, 50).Select(i => $"我喜欢在河边散步看风景{i}")];

        Assert.InRange((await PageAsync(null, items, length: 40))!.Split('\n').Length, 3, 12);
    }

    [Fact]
    public async Task One_item_is_kept_however_short_the_page() => Assert.Equal("- one two three", await PageAsync(null, ["one two three"], length: 1));

    [Fact]
    public async Task A_category_of_which_nothing_is_left_is_left_out() => Assert.Null(await PageAsync("- gone", [], ["gone"]));

    private static async Task<string?> PageAsync(string? old, string[] added, string[]? removed = null, int length = 400)
    {
        var pages = await Talk.Reasoner.SummarizeAsync(
            Talk.Scope, new SummarizeRequest([new CategoryUpdate("c", "name", "description", old, added, removed ?? [])], length), new ReasoningLog(), default);
        return pages.SingleOrDefault()?.Summary;
    }
}
