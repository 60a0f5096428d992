using MemU.Samples.Tests;
using MemU.Testing;

namespace MemU.Native.Tests;

/// <summary>Publishes a sample as a native program, as a user would, and runs it.</summary>
public sealed class NativeProgramTests
{
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(9);

    // What the compiler warns about, in our code or in a package, is an error: a program that was published has nothing that may be missing at run time.
    [Fact]
    public async Task A_program_compiled_ahead_of_time_memorizes_asks_imports_and_restores()
    {
        Needs.Native();
        using var folder = new TempFolder();
        var program = Path.Combine(folder.Path, "program");

        var publish = new[] { "publish", Checkout.At("samples", "native.cs"), "-p:PublishAot=true", "-p:CppCompilerAndLinker=gcc", "-o", program };
        (await Child.RunAsync("dotnet", publish, folder.Path, PublishLimit)).Succeeded();

        var output = (await Child.RunAsync(Path.Combine(program, "native"), [folder.Path], folder.Path)).Succeeded();
        Assert.Contains("Asked: My sister Ada lives in Lund.", output);
        Assert.Contains("The rent is due on the first of the month.", output);
        Assert.Contains("Imported: My sister Ada lives in Lund.", output);
        Assert.Contains("A space that was given nothing finds: 0", output);
        Assert.Contains("Restored: healthy", output);
        Assert.Contains("Compiled ahead of time", output);
    }
}
