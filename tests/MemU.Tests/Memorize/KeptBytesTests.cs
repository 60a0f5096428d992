using MemU.Resources;
using MemU.Testing;

namespace MemU.Tests.Memorize;

public sealed class KeptBytesTests
{
    [Fact]
    public async Task Bytes_that_were_damaged_are_mended_when_their_source_is_memorized_again()
    {
        using var folder = new TemporaryFolder();
        await using var onDisk = MemUHost.Create(m => m.UseInMemory().UseLocalBlobs(folder.Path));
        var space = onDisk.OpenSpace("alice");
        var result = await space.MemorizeAsync(ResourceRef.Text("I like tea.", "tea.txt"));
        var file = Assert.Single(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, [.. bytes.Select(b => (byte)~b)]);
        await space.MemorizeAsync(ResourceRef.Text("I like tea.", "tea.txt"));
        await using var content = await space.OpenContentAsync(result.Resource);
        using var read = new MemoryStream();
        await content!.CopyToAsync(read);
        Assert.Equal(bytes, read.ToArray());
    }
}
