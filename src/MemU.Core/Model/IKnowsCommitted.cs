namespace MemU;

/// <summary>A part beside the metadata that can tell whether it holds what only a commit has left there: then metadata that are not there were lost.</summary>
internal interface IKnowsCommitted
{
    /// <summary>Where it is; null when there is nothing of that kind. What is on its way to a commit is not, nor what another program has put there.</summary>
    Task<string?> FindCommittedAsync(CancellationToken cancellationToken);
}
