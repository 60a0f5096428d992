using MemU.Resources;

namespace MemU.Memorize;

internal sealed class MemorizeFlow
{
    public Task<MemorizeResult> RunAsync(
        MemoryScope scope, ResourceRef source, Modality? modality, MemorizeOptions? options,
        IProgress<MemorizeProgress>? progress, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<IReadOnlyList<BatchEntry>> RunManyAsync(
        MemoryScope scope, IEnumerable<SourceToMemorize> sources, MemorizeOptions? options,
        IProgress<MemorizeProgress>? progress, CancellationToken cancellationToken) => throw new NotImplementedException();
}
