using System.Reflection;
using MemU.Storage;

namespace MemU.Tests.Retrieve;

/// <summary>A store whose version does not move, as when the Python code writes into the file.</summary>
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
        targetMethod!.Name == nameof(IMemoryStore.GetVersionAsync) ? Task.FromResult(new SpaceVersion(1, 1)) : targetMethod.Invoke(inner, args);
}
