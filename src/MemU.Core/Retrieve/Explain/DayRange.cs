namespace MemU.Retrieve;

/// <summary>Days from the first to the last.</summary>
public sealed record DayRange(DateOnly From, DateOnly To);
