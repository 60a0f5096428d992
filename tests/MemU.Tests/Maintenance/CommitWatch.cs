using System.Reflection;
using MemU.Storage;

namespace MemU.Tests.Maintenance;

/// <summary>A store that tells what is committed to it.</summary>
public class CommitWatch : DispatchProxy
{
    private IMemoryStore store = null!;
    private Action<MemoryChanges> onCommit = null!;

    public static IMemoryStore Over(IMemoryStore store, Action<MemoryChanges> onCommit)
    {
        var proxy = Create<IMemoryStore, CommitWatch>();
        (((CommitWatch)(object)proxy).store, ((CommitWatch)(object)proxy).onCommit) = (store, onCommit);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IMemoryStore.CommitAsync))
        {
            onCommit((MemoryChanges)args![1]!);
        }

        return targetMethod.Invoke(store, args);
    }
}
