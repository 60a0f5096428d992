using System.Reflection;
using MemU.Storage;

namespace MemU.Tests.Maintenance;

/// <summary>A store in which something happens right after it was found out what is owed.</summary>
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
        targetMethod!.Name switch
        {
            nameof(IMemoryStore.ListOwedVectorsAsync) => ListAsync((MemoryScope)args![0]!, (int)args[1]!),
            nameof(IMemoryStore.GetVersionAsync) => GetVersionAsync((MemoryScope)args![0]!),
            _ => targetMethod.Invoke(store, args),
        };

    private async Task<IReadOnlyList<OwedVector>> ListAsync(MemoryScope scope, int limit)
    {
        var owed = await store.ListOwedVectorsAsync(scope, limit, default);
        await meddle(owed.Count);
        return owed;
    }

    // Whoever has just committed asks only whether somebody else has since.
    private async Task<SpaceVersion> GetVersionAsync(MemoryScope scope)
    {
        var version = await store.GetVersionAsync(scope, default);
        await meddle(1);
        return version;
    }
}
