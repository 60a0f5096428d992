using System.Reflection;
using MemU.Storage;

namespace MemU.Tests.Maintenance;

/// <summary>A store that tells what is committed to it, and when it is asked for items by their ids.</summary>
public class CommitWatch : DispatchProxy
{
    private IMemoryStore store = null!;
    private Action<MemoryChanges> onCommit = null!;
    private Action? onItems;

    public static IMemoryStore Over(IMemoryStore store, Action<MemoryChanges> onCommit, Action? onItems = null)
    {
        var proxy = Create<IMemoryStore, CommitWatch>();
        (((CommitWatch)(object)proxy).store, ((CommitWatch)(object)proxy).onCommit, ((CommitWatch)(object)proxy).onItems) = (store, onCommit, onItems);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IMemoryStore.CommitAsync))
        {
            onCommit((MemoryChanges)args![1]!);
        }

        if (targetMethod.Name == nameof(IMemoryStore.GetItemsAsync))
        {
            onItems?.Invoke();
        }

        return targetMethod.Invoke(store, args);
    }
}
