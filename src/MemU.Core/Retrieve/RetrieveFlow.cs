using MemU.Reasoning;

namespace MemU.Retrieve;

internal sealed class RetrieveFlow
{
    public Task<RetrieveResult> RunAsync(
        MemoryScope scope, IReadOnlyList<ContextMessage> messages, RetrieveOptions? options, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
