namespace MemU.Memorize;

/// <summary>Tells the caller how far one source is.</summary>
internal sealed class StageReporter(IProgress<MemorizeProgress>? progress, string source)
{
    public void Report(MemorizeStage stage, int done = 0, int total = 0) => progress?.Report(new MemorizeProgress(stage, done, total, source));
}
