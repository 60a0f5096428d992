using System.Diagnostics;

namespace MemU.Cli.Tests;

public sealed class ProcessTests : DataFolderTests
{
    [Fact]
    public async Task An_input_gives_everything_it_has_in_any_pieces()
    {
        var bytes = Enumerable.Range(0, 200_000).Select(i => (byte)i).ToArray();
        using var input = new InterruptibleStream(new MemoryStream(bytes));
        using var copy = new MemoryStream();

        await input.CopyToAsync(copy, 777);

        Assert.Equal(bytes, copy.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_interrupt_ends_the_command_with_130_and_stores_nothing(bool json)
    {
        using var interrupt = new CancellationTokenSource();
        using var input = new InterruptingStream(interrupt);

        var result = (await MemUCommand.CallAsync(["memorize", "-", "--modality", "text", "--data", Data, .. json ? ["--json"] : Array.Empty<string>()], input, interrupt.Token)).Ended(130);

        Assert.Contains("Cancelled", result.Error, StringComparison.Ordinal);
        Assert.Equal(json ? "cancelled" : "", json ? result.Json.GetProperty("error").GetProperty("kind").GetString() : result.Output);
        Assert.Equal(0, (await CallAsync("stats", "--json")).Done().Json.GetProperty("resources").GetInt32());
    }

    [Theory]
    [InlineData("migrate", "--json")]
    [InlineData("config")]
    [InlineData("--help")]
    public async Task An_output_that_cannot_be_written_is_a_failure(params string[] args)
    {
        using var output = new FullStream();
        using var error = new MemoryStream();

        var exitCode = await MemUCli.MainAsync(
            [.. args, "--data", Data],
            new Surroundings { Input = Stream.Null, Output = output, Error = error, Environment = new Dictionary<string, string>() });

        Assert.Equal(1, exitCode);
        Assert.Contains("No space left", System.Text.Encoding.UTF8.GetString(error.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_leaves_early_is_no_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a Unix shell.");
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"'{MemUCommand.Program}' --help | head -1"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var error = shell.StandardError.ReadToEndAsync();
        await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.Empty(await error);
    }

    [Theory]
    [InlineData("memu mem", "memorize")]
    [InlineData("memu list re", "resources")]
    [InlineData("memu retrieve x --method ", "rag")]
    public async Task A_shell_is_told_how_a_word_goes_on(string line, string word) =>
        Assert.Contains(word, (await MemUCommand.RunAsync($"[suggest:{line.Length}]", line)).Done().Output.Split('\n'));

    [Fact]
    public async Task The_completion_of_bash_works_in_bash()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "Needs bash.");
        var script = (await MemUCommand.RunAsync("completion", "bash")).Done().Output;
        var test = $$"""
            memu() { '{{MemUCommand.Program}}' "$@"; }
            {{script}}
            COMP_LINE='memu rese'; COMP_POINT=9
            _memu_complete
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", test]) { RedirectStandardOutput = true })!;
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.Equal("reset", output.Trim());
    }
}
