namespace MemU.Vectors;

/// <summary>A write that waits for its turn. Thread-safe.</summary>
/// <param name="scope">The space.</param>
/// <param name="changes">Says what to change when it is its turn.</param>
/// <param name="cancellationToken">Cancels the question.</param>
internal sealed class VectorWrite(MemoryScope scope, Func<CancellationToken, Task<VectorChanges>> changes, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int isTaken;

    public MemoryScope Scope => scope;

    /// <summary>Ends with the write.</summary>
    public Task Done => done.Task;

    /// <summary>True once somebody runs it, or has called it off.</summary>
    public bool IsTaken => Volatile.Read(ref isTaken) != 0;

    /// <summary>True for the one who may run the write, or call it off.</summary>
    public bool TryTake() => Interlocked.Exchange(ref isTaken, 1) == 0;

    /// <summary>What to change.</summary>
    public async Task<VectorChanges> AskAsync()
    {
        var answer = await changes(cancellationToken);
        VectorRules.Check(answer);
        return answer;
    }

    public void Succeed() => done.TrySetResult();

    public void Fail(Exception e) => done.TrySetException(e);
}
