namespace MemU.Storage;

/// <summary>A store to which exact statistics are dear, because it has to read every text for them.</summary>
internal interface ICountsRoughly
{
    /// <summary>The statistics, with lengths of texts as they are stored: enough to notice that something has changed.</summary>
    Task<SpaceStatistics> CountRoughlyAsync(MemoryScope scope, CancellationToken cancellationToken);
}
