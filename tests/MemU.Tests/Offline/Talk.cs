using System.Globalization;
using MemU.Memorize;
using MemU.Reasoning;
using MemU.Reasoning.Offline;

namespace MemU.Tests.Offline;

/// <summary>Short ways to write a conversation or a document down and to ask the offline reasoner about it.</summary>
internal static class Talk
{
    public static readonly MemoryScope Scope = new("talker");
    public static readonly OfflineReasoner Reasoner = new();

    /// <summary>One passage a line, <c>role: words</c>, all at one time.</summary>
    public static IReadOnlyList<Passage> At(string? time, params string[] lines) =>
        [.. lines.Select((line, n) => line.Split(": ", 2) is [var role, var words] ? Say(n, role, words, time) : Say(n, null, line, time))];

    public static Passage Say(int position, string? role, string text, string? time = null) => new()
    {
        Scope = Scope,
        Id = $"p{position}",
        ResourceId = "r",
        Position = position,
        Start = 0,
        Role = role,
        Text = text,
        HappenedAt = time is null ? null : DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
    };

    public static ExtractRequest Request(IReadOnlyList<Passage> passages, Modality? modality = null) => new()
    {
        Modality = modality ?? Modality.Conversation,
        Passages = passages,
        MemoryTypes = MemoryTypes.Default,
        Categories = DefaultCategories.All,
    };

    public static async Task<IReadOnlyList<ItemDraft>> ItemsAsync(ExtractRequest request) =>
        (await Reasoner.ExtractAsync(Scope, request, new ReasoningLog(), default)).Items;

    public static async Task<IReadOnlyList<ItemDraft>> ItemsAsync(string? time, params string[] lines) => await ItemsAsync(Request(At(time, lines)));

    public static Task<Segmentation> SegmentAsync(IReadOnlyList<Passage> passages, Modality? modality = null) =>
        Reasoner.SegmentAsync(Scope, new SegmentRequest(modality ?? Modality.Conversation, passages), new ReasoningLog(), default);
}
