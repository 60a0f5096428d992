namespace MemU.Retrieve.Evidence;

/// <summary>Days that a passage names: "yesterday", "in March". As <see cref="DateOnly.DayNumber"/>.</summary>
/// <param name="Passage">The number of the passage.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
internal readonly record struct NamedPeriod(int Passage, int From, int To);
