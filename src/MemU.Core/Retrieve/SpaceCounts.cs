using MemU.Storage;

namespace MemU.Retrieve;

/// <summary>What a space held when it was read: enough to notice that another program added to it or took from it.</summary>
internal sealed record SpaceCounts(long Resources, long Passages, long Items, long Categories, long Links, long Characters)
{
    public static SpaceCounts Of(SpaceStatistics s) => new(s.Resources, s.Passages, s.Items, s.Categories, s.Links, s.TextCharacters);
}
