using System.Reflection;
using MemU.Storage;

namespace MemU.Tests.Maintenance;

/// <summary>A store in which somebody else does something once, just before a method is called.</summary>
public class ReadingMeddler : DispatchProxy
{
    private IMemoryStore store = null!;
    private string method = "";
    private Func<Task>? meddle;

    public static IMemoryStore Over(IMemoryStore store, string method, Func<Task> meddle)
    {
        var proxy = Create<IMemoryStore, ReadingMeddler>();
        var meddler = (ReadingMeddler)(object)proxy;
        (meddler.store, meddler.method, meddler.meddle) = (store, method, meddle);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == method && Interlocked.Exchange(ref meddle, null) is { } other)
        {
            other().GetAwaiter().GetResult();
        }

        return targetMethod.Invoke(store, args);
    }
}
