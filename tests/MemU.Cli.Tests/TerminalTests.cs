using MemU.Cli.Output;

namespace MemU.Cli.Tests;

public sealed class TerminalTests : DataFolderTests
{
    private const string Hostile = "Alice likes [bold]tea[/] and [link=http://x]this[/] \u001b[2J\u001b]0;owned\u0007 \u202Egnp.exe 日本語 👩‍👩‍👧 [unclosed \u009b31m";

    [Fact]
    public async Task Stored_text_can_neither_break_nor_steer_the_terminal()
    {
        await MemorizeAsync("alice", Hostile);

        foreach (var call in new string[][] { ["list", "passages"], ["list", "items"], ["list", "categories"], ["retrieve", "What does Alice like?"], ["stats"] })
        {
            var shown = (await CallAsync([.. call, "--user", "alice"])).Done().Output;
            Assert.DoesNotContain(shown, c => char.IsControl(c) && c != '\n');
            Assert.DoesNotContain('\u202E', shown);
        }

        var passages = (await CallAsync("list", "passages", "--user", "alice")).Done().Output;
        Assert.Contains("[bold]tea[/]", passages, StringComparison.Ordinal);
        Assert.Contains("日本語 👩‍👩‍👧", passages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirected_output_is_plain_unwrapped_text()
    {
        var words = string.Join(' ', Enumerable.Range(0, 60).Select(n => $"word{n}"));
        await MemorizeAsync("alice", $"Alice said {words}.");

        var shown = (await RunAsync("list", "passages", "--user", "alice")).Done().Output;

        Assert.DoesNotContain('\u001b', shown);
        Assert.Contains(words, shown, StringComparison.Ordinal);
        Assert.All(shown.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Theory]
    [InlineData("--quiet", false)]
    [InlineData("--verbose", true)]
    public async Task A_progress_bar_shows_on_a_terminal_whatever_the_file_is_called(string option, bool shows)
    {
        var file = Write("[bold]a[x] [.txt", "Alice owns a red kite.");
        var environment = new Dictionary<string, string> { ["TERM"] = "xterm-256color" };

        var result = (await MemUCommand.CallAsync(
            ["memorize", file, "--modality", "text", "--data", Data, "--json", option], Stream.Null, CancellationToken.None, environment, onTerminal: true)).Done();

        Assert.Equal("added", result.Json.GetProperty("outcome").GetString());
        Assert.Equal(shows, result.Error.Length > 0);
    }

    [Fact]
    public async Task No_color_means_no_color()
    {
        await MemorizeAsync("alice", "Alice owns a red kite.", "a");
        var environment = new Dictionary<string, string> { ["TERM"] = "xterm-256color", ["NO_COLOR"] = "1" };

        var shown = (await MemUCommand.CallAsync(
            ["retrieve", "kite", "--user", "alice", "--data", Data], Stream.Null, CancellationToken.None, environment, onTerminal: true)).Done();

        Assert.DoesNotContain("\u001b[3", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_leaves_out_everything_that_only_explains()
    {
        await MemorizeAsync("alice", "Alice owns a red kite.", "a");
        await MemorizeAsync("alice", "Alice owns a blue kite.", "b");

        var loud = (await CallAsync("list", "resources", "--limit", "1", "--user", "alice")).Done().Output;
        var quiet = (await CallAsync("list", "resources", "--limit", "1", "--user", "alice", "--quiet")).Done().Output;

        Assert.Contains("--cursor", loud, StringComparison.Ordinal);
        Assert.DoesNotContain("--cursor", quiet, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\u001b[31mb", "a␛[31mb")]
    [InlineData("a\r\nb\tc", "a b c")]
    [InlineData("\u0000\u007f\u0085x", "␀␡\uFFFDx")]
    [InlineData("a\u2028b\u2066c", "a bc")]
    [InlineData("  ", "")]
    public void A_line_of_any_text_is_harmless(string text, string shown) => Assert.Equal(shown, SafeText.Line(text));

    [Fact]
    public void A_long_line_is_cut_between_characters() => Assert.Equal("ab…", SafeText.Line("ab😀", 3));
}
