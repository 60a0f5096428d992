namespace MemU.Edit;

/// <summary>A category to add by hand.</summary>
/// <param name="Name">Unique within the space, ignoring case; not blank.</param>
/// <param name="Description">What belongs on it.</param>
/// <param name="Summary">Its first summary; null for none.</param>
public sealed record NewCategory(string Name, string Description, string? Summary = null);
