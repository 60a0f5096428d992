using System.Reflection;
using MemU.Storage;

namespace MemU.Tests.Edit;

/// <summary>A store in which somebody else commits once, just before the next commit.</summary>
public class MeddlingStore : DispatchProxy
{
    private IMemoryStore store = null!;
    private Func<Task>? meddle;

    public static IMemoryStore Over(IMemoryStore store, Func<Task> meddle)
    {
        var proxy = Create<IMemoryStore, MeddlingStore>();
        ((MeddlingStore)(object)proxy).store = store;
        ((MeddlingStore)(object)proxy).meddle = meddle;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IMemoryStore.CommitAsync)
            ? CommitAsync((MemoryScope)args![0]!, (MemoryChanges)args[1]!, (CancellationToken)args[2]!)
            : targetMethod.Invoke(store, args);

    private async Task<CommitReceipt> CommitAsync(MemoryScope scope, MemoryChanges changes, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref meddle, null) is { } other)
        {
            await other();
        }

        return await store.CommitAsync(scope, changes, cancellationToken);
    }
}
