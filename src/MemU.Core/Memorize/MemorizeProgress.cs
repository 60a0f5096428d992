namespace MemU.Memorize;

/// <summary>How far a memorize is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Done">Steps of the stage that are done.</param>
/// <param name="Total">Steps of the stage; 0 when unknown.</param>
/// <param name="Source">Which source, in a batch.</param>
public sealed record MemorizeProgress(MemorizeStage Stage, int Done, int Total, string Source);
