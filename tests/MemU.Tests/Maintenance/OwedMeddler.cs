using System.Reflection;
using MemU.Storage;

namespace MemU.Tests.Maintenance;

/// <summary>A store in which something happens right after all that is owed was read.</summary>
public class OwedMeddler : DispatchProxy
{
    private IMemoryStore store = null!;
    private Func<int, Task> meddle = null!;

    public static IMemoryStore Over(IMemoryStore store, Func<int, Task> meddle)
    {
        var proxy = Create<IMemoryStore, OwedMeddler>();
        ((OwedMeddler)(object)proxy).store = store;
        ((OwedMeddler)(object)proxy).meddle = meddle;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IMemoryStore.ListOwedVectorsAsync) && args![1] is > 1
            ? ListAsync((MemoryScope)args[0]!, (int)args[1]!)
            : targetMethod.Invoke(store, args);

    private async Task<IReadOnlyList<OwedVector>> ListAsync(MemoryScope scope, int limit)
    {
        var owed = await store.ListOwedVectorsAsync(scope, limit, default);
        await meddle(owed.Count);
        return owed;
    }
}
