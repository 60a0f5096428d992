namespace MemU.Reasoning;

/// <summary>One category and what is new on its page.</summary>
/// <param name="CategoryId">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What belongs on it.</param>
/// <param name="Summary">The summary so far; null for none.</param>
/// <param name="NewItems">Summaries of the items that are new, oldest first.</param>
/// <param name="RemovedItems">Summaries of items that are no longer true or were withdrawn.</param>
public sealed record CategoryUpdate(
    string CategoryId, string Name, string Description, string? Summary, IReadOnlyList<string> NewItems, IReadOnlyList<string> RemovedItems);
