namespace MemU.Retrieve.Evidence;

/// <summary>A passage as the ranking needs it: where it stands, who speaks, when.</summary>
/// <param name="Session">The number of its session.</param>
/// <param name="Turn">The number of its turn (<see cref="PassageIndex.Turns"/>).</param>
/// <param name="Speaker">The number of its speaker among those with a name; −1 for none.</param>
/// <param name="Day">When it was said, as <see cref="DateOnly.DayNumber"/>; −1 when unknown.</param>
/// <param name="Traits">What else can be seen of it.</param>
internal readonly record struct PassageFacts(int Session, int Turn, int Speaker, int Day, PassageTraits Traits);
