using Microsoft.Extensions.AI;

namespace MemU.Crash;

/// <summary>A conversation of which every message holds words that no other conversation has. The same name and version always tell the same.</summary>
internal sealed record Story(string Name, int Version)
{
    private const int Most = 6;

    /// <summary>A word that only this version of this conversation has.</summary>
    public string Word => $"zq{Name.Replace("-", "", StringComparison.Ordinal)}v{Version}";

    public IReadOnlyList<ChatMessage> Messages =>
        [.. Enumerable.Range(0, 2 + ((Name.Length + Version) % (Most - 1))).Select(i => i % 2 == 0
            ? new ChatMessage(ChatRole.User, $"I live in {Word}town{i} and my dog is called {Word}dog{i}.")
            : new ChatMessage(ChatRole.Assistant, $"Noted: {Word} number {i}."))];

    /// <summary>The messages as a file that <c>memu memorize</c> takes.</summary>
    public string Text => string.Concat(Messages.Select(m => $"{m.Role}: {m.Text}\n"));
}
