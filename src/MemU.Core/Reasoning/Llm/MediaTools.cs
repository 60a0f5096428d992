namespace MemU.Reasoning.Llm;

/// <summary>What a chat model alone cannot do; brought in from outside because it needs drivers. Failures are <see cref="ReasonerException"/>.</summary>
/// <param name="Transcribe">Writes down speech; null when no transcription model is configured.</param>
/// <param name="TakeFrames">Takes a few JPEG pictures out of a film, in their order; null when that is not possible here.</param>
internal sealed record MediaTools(
    Func<MediaRequest, CancellationToken, Task<string>>? Transcribe,
    Func<MediaRequest, CancellationToken, Task<IReadOnlyList<ReadOnlyMemory<byte>>>>? TakeFrames)
{
    public static MediaTools None { get; } = new(null, null);
}
