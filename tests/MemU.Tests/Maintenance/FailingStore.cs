using System.Reflection;
using MemU.Storage;

namespace MemU.Tests.Maintenance;

/// <summary>A store that takes no items.</summary>
public class FailingStore : DispatchProxy
{
    private IMemoryStore store = null!;

    public static IMemoryStore Over(IMemoryStore store)
    {
        var proxy = Create<IMemoryStore, FailingStore>();
        ((FailingStore)(object)proxy).store = store;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IMemoryStore.CommitAsync) && ((MemoryChanges)args![1]!).Items.Count > 0
            ? Task.FromException<CommitReceipt>(new MemoryStoreException("The disk is full.") { Provider = "test", Operation = "commit" })
            : targetMethod.Invoke(store, args);
}
