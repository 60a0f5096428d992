using MemU.Samples.Tests;
using MemU.Testing;

namespace MemU.Native.Tests;

/// <summary>The command as a native program, published once for all tests of it.</summary>
public sealed class NativeCommand : IDisposable
{
    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(30);
    private readonly TempFolder folder = new();
    private readonly Lazy<Task<string>> published;

    public NativeCommand() => published = new(PublishAsync);

    /// <summary>The program; skips the test where nobody asked for what takes minutes. MEMU_TEST_COMMAND names one that was published already.</summary>
    public Task<string> ProgramAsync()
    {
        if (Environment.GetEnvironmentVariable("MEMU_TEST_COMMAND") is { Length: > 0 } program)
        {
            return Task.FromResult(program);
        }

        Needs.NativeCommand();
        return published.Value;
    }

    public void Dispose() => folder.Dispose();

    // What the compiler warns about, in our code or in a package, is an error.
    private async Task<string> PublishAsync()
    {
        var publish = new[] { "publish", Checkout.At("src", "MemU.Cli"), "-c", "Release", "-p:PublishAot=true", "-p:CppCompilerAndLinker=gcc", "-o", folder.Path };
        (await Child.RunAsync("dotnet", publish, folder.Path, PublishLimit)).Succeeded();
        return Path.Combine(folder.Path, "memu");
    }
}
