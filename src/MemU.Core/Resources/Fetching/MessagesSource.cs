using Microsoft.Extensions.AI;

namespace MemU.Resources;

internal sealed record MessagesSource(IReadOnlyList<ChatMessage> Turns, string? Name) : ResourceRef
{
    public override string DisplayName => Name ?? $"{Turns.Count} messages";
}
