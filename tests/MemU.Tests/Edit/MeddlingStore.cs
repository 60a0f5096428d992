using System.Reflection;
using MemU.Storage;

namespace MemU.Tests.Edit;

/// <summary>A store in which somebody else commits once, just before the next commit or just after it, or just after the next erasure.</summary>
public class MeddlingStore : DispatchProxy
{
    private IMemoryStore store = null!;
    private Func<Task>? meddle;
    private Func<Task>? meddleAfterErasure;
    private bool afterwards;

    public static IMemoryStore Over(IMemoryStore store, Func<Task> meddle, bool afterwards = false)
    {
        var proxy = Create<IMemoryStore, MeddlingStore>();
        ((MeddlingStore)(object)proxy).store = store;
        ((MeddlingStore)(object)proxy).meddle = meddle;
        ((MeddlingStore)(object)proxy).afterwards = afterwards;
        return proxy;
    }

    public static IMemoryStore OverErasure(IMemoryStore store, Func<Task> meddle)
    {
        var proxy = Over(store, () => Task.CompletedTask);
        ((MeddlingStore)(object)proxy).meddleAfterErasure = meddle;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IMemoryStore.CommitAsync) => CommitAsync((MemoryScope)args![0]!, (MemoryChanges)args[1]!, (CancellationToken)args[2]!),
        nameof(IMemoryStore.EraseAsync) => EraseAsync((MemoryScope)args![0]!, (CancellationToken)args[1]!),
        _ => targetMethod.Invoke(store, args),
    };

    private async Task<SpaceErasure> EraseAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var erased = await store.EraseAsync(scope, cancellationToken);
        await (Interlocked.Exchange(ref meddleAfterErasure, null) ?? (() => Task.CompletedTask))();
        return erased;
    }

    private async Task<CommitReceipt> CommitAsync(MemoryScope scope, MemoryChanges changes, CancellationToken cancellationToken)
    {
        var other = Interlocked.Exchange(ref meddle, null) ?? (() => Task.CompletedTask);
        if (afterwards)
        {
            var receipt = await store.CommitAsync(scope, changes, cancellationToken);
            await other();
            return receipt;
        }

        await other();
        return await store.CommitAsync(scope, changes, cancellationToken);
    }
}
