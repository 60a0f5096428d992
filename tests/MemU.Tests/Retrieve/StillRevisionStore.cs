using System.Reflection;
using MemU.Storage;

namespace MemU.Tests.Retrieve;

/// <summary>A store whose revision does not move, as when the Python code writes into the file.</summary>
public class StillRevisionStore : DispatchProxy
{
    private IMemoryStore inner = null!;

    public static IMemoryStore Over(IMemoryStore store)
    {
        var proxy = Create<IMemoryStore, StillRevisionStore>();
        ((StillRevisionStore)(object)proxy).inner = store;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IMemoryStore.GetRevisionAsync) ? Task.FromResult(1L) : targetMethod.Invoke(inner, args);
}
