using Microsoft.Extensions.AI;
using OllamaSharp;
using OllamaSharp.Models;

namespace MemU.Models;

/// <summary>
/// Asks Ollama for a context that holds the whole prompt: its own default is a few thousand tokens, and what is beyond it is cut off without a word,
/// the instructions first. Only a few sizes are asked for, because a new size makes Ollama load the model again.
/// </summary>
internal sealed class OllamaContext(IChatClient inner) : DelegatingChatClient(inner)
{
    private const int AnswerTokens = 4_096;
    private const int PictureTokens = 1_500;

    private static readonly int[] Sizes = [8_192, 16_384, 32_768, 65_536];

    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var all = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var sized = (options?.Clone() ?? new ChatOptions()).AddOllamaOption(OllamaOption.NumCtx, Size(all));
        return base.GetResponseAsync(all, sized, cancellationToken);
    }

    // Three Latin letters make at most about one token; a character of another script about one.
    private static int Size(IEnumerable<ChatMessage> messages)
    {
        var tokens = AnswerTokens + messages.SelectMany(m => m.Contents).Sum(c => c switch
        {
            TextContent text => text.Text.Sum(x => char.IsAscii(x) ? 1 : 3) / 3,
            DataContent => PictureTokens,
            _ => 0,
        });
        return Sizes.FirstOrDefault(s => s >= tokens, Sizes[^1]);
    }
}
