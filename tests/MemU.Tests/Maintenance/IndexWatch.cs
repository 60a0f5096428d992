using System.Reflection;
using MemU.Vectors;

namespace MemU.Tests.Maintenance;

/// <summary>An index that lets something happen before what is owed is delivered to it, and after.</summary>
public class IndexWatch : DispatchProxy
{
    private IVectorIndex index = null!;
    private Func<Task> before = null!;
    private Action after = null!;

    public static IVectorIndex Over(IVectorIndex index, Func<Task> before, Action after)
    {
        var proxy = Create<IVectorIndex, IndexWatch>();
        (((IndexWatch)(object)proxy).index, ((IndexWatch)(object)proxy).before, ((IndexWatch)(object)proxy).after) = (index, before, after);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IVectorIndex.ApplyInTurnAsync)
            ? ApplyAsync((MemoryScope)args![0]!, (Func<CancellationToken, Task<VectorChanges>>)args[1]!)
            : targetMethod.Invoke(index, args);

    private async Task ApplyAsync(MemoryScope scope, Func<CancellationToken, Task<VectorChanges>> changes)
    {
        await before();
        await index.ApplyInTurnAsync(scope, changes, default);
        after();
    }
}
