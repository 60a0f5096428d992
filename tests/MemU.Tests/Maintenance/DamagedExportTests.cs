using System.Text;

namespace MemU.Tests.Maintenance;

public sealed class DamagedExportTests : IAsyncLifetime
{
    private static readonly MemoryScope Alice = new("alice");
    private readonly Workbench bench = Workbench.Open("memory");
    private readonly Workbench to = Workbench.Open("memory");
    private byte[] file = [];

    private List<string> Lines => [.. Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    public async ValueTask InitializeAsync()
    {
        await Seed.PutAsync(bench, Alice, "alice");
        file = (await bench.ExportAsync(Alice)).File;
    }

    public async ValueTask DisposeAsync()
    {
        // A damaged file never changes anything.
        Assert.Equal(0, (await to.Store.GetVersionAsync(Alice, default)).Revision);
        Assert.Empty(await SpaceDump.OfAsync(to, Alice));
        await bench.DisposeAsync();
        await to.DisposeAsync();
    }

    private Task<MemUException> Refused(IEnumerable<string> lines) => Refused(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    private Task<MemUException> Refused(byte[] bytes) => Assert.ThrowsAnyAsync<MemUException>(() => to.ImportAsync(Alice, bytes));

    [Fact]
    public async Task A_file_that_is_cut_off_anywhere_is_refused()
    {
        for (var length = 0; length < file.Length - 1; length += 97)
        {
            await Refused(file[..length]);
        }

        Assert.Contains("end line", (await Refused(Lines[..^1])).Message);
    }

    [Fact]
    public async Task A_file_with_a_line_missing_is_refused()
    {
        var lines = Lines;
        lines.RemoveAt(7);
        Assert.Contains("records", (await Refused(lines)).Message);
    }

    [Theory]
    [InlineData("not json", "line 8")]
    [InlineData("[1]", "line 8")]
    [InlineData("{\"no\":\"type\"}", "line 8")]
    [InlineData("{\"type\":\"\\ud800\"}", "line 8")]
    [InlineData("{\"\\ud800\":1,\"type\":\"item\"}", "line 8")]
    [InlineData("{\"type\":\"relation\",\"item_id\":\"\\ud800\",\"category_id\":\"x\"}", "line 8")]
    [InlineData("{\"type\":\"item\",\"id\":\"x\"}", "item is incomplete")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":[]}", "vector is empty")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":[1,\"a\"]}", "$.vector")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":\"\"}", "vector is empty")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":\"AAAA\"}", "$.vector")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":\"AAA?AAA=\"}", "$.vector")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":\"AADAfw==\"}", "holds what is no number")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":5}", "$.vector")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":null}", "$.vector")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":{\"a\":[1]}}", "$.vector")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":[[1]]}", "$.vector")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":[null]}", "$.vector")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":[1e39]}", "vector")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":\"AACAfw==\"}", "holds what is no number")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"vector\":\"AACA/w==\",\"vector\":[]}", "vector is empty")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"vector\":\"\"}", "vector is empty")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"vector\":\"AAAA\"}", "$.vector")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"vector\":\"AADAfw==\"}", "holds what is no number")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"vector\":\"AAA?fw==\"}", "$.vector")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"vector\":\"AACAPw==\"", "vector is incomplete")]
    [InlineData("{\"type\":\"vector\",\"collection\":\"items\",\"id\":\"x\",\"model\":\"m\",\"text\":\"t\",\"vector\":\"AACAPw==\"}}", "vector is incomplete")]
    [InlineData("{\"type\":\"category\",\"id\":\"x\",\"tenant_id\":\"\",\"user_id\":\"\",\"agent_id\":\"\",\"name\":null,\"description\":\"\",\"created_at\":0}", "$.name")]
    [InlineData("{\"type\":\"category\",\"id\":\"x\",\"tenant_id\":\"\",\"user_id\":\"\",\"agent_id\":\"\",\"name\":\"n\",\"description\":\"\",\"created_at\":1e300}", "time that does not exist")]
    [InlineData("{\"type\":\"category\",\"id\":\" \",\"tenant_id\":\"\",\"user_id\":\"\",\"agent_id\":\"\",\"name\":\"n\",\"description\":\"\",\"created_at\":0}", "id is blank")]
    public async Task A_line_that_cannot_be_stored_is_refused_by_its_number(string line, string expected)
    {
        var lines = Lines;
        lines[7] = line;
        var error = await Refused(lines);
        Assert.Contains("line 8", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf_8_are_refused()
    {
        var broken = (byte[])file.Clone();
        broken[Array.IndexOf(broken, (byte)0xE2)] = 0xFF;
        Assert.Contains("UTF-8", (await Refused(broken)).Message);
    }

    [Fact]
    public async Task Bytes_of_a_source_that_do_not_have_their_checksum_are_refused()
    {
        var lines = Lines;
        var blob = lines.FindIndex(l => l.StartsWith("""{"type":"blob""", StringComparison.Ordinal));
        lines[blob] = lines[blob].Replace("\"data\":\"", "\"data\":\"AAAA", StringComparison.Ordinal);
        Assert.Contains("checksum", (await Refused(lines)).Message);
    }

    [Fact]
    public async Task Bytes_without_their_source_are_refused()
    {
        var lines = Lines;
        var blob = lines.FindIndex(l => l.StartsWith("""{"type":"blob""", StringComparison.Ordinal));
        (lines[blob - 1], lines[blob]) = (lines[blob], lines[blob - 1]);
        Assert.Contains("resource", (await Refused(lines)).Message);
    }

    [Fact]
    public async Task What_follows_the_end_is_refused()
    {
        Assert.Contains("follows the end", (await Refused([.. Lines, Lines[1]])).Message);
        Assert.Contains("follows the end", (await Refused([.. Lines, .. Lines])).Message);
    }

    [Fact]
    public async Task A_newer_version_is_refused_by_its_number()
    {
        var lines = Lines;
        lines[0] = lines[0].Replace("\"version\":2", "\"version\":3", StringComparison.Ordinal);
        Assert.Contains("version 3", (await Refused(lines)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"resource\"}")]
    [InlineData("{\"type\":\"header\",\"format\":\"other\",\"version\":1}")]
    [InlineData("{\"type\":\"header\"}")]
    public async Task A_file_that_is_no_export_is_refused(string content) => await Refused(Encoding.UTF8.GetBytes(content));

    [Fact]
    public async Task An_error_never_quotes_the_words_of_the_file()
    {
        var lines = Lines;
        lines[7] = lines[7].Replace("\"position\":", "\"position\":\"alice\",\"x\":", StringComparison.Ordinal);
        Assert.DoesNotContain("alice", (await Refused(lines)).Message);
    }
}
