using Microsoft.Extensions.AI;

namespace MemU.Models;

/// <summary>
/// Embeds the beginning of texts that are longer than embedding models take (8,192 tokens is usual), since providers turn down a whole batch for one
/// of them. What a text is about stands in its first thousands of words.
/// </summary>
internal sealed class ClippedInputs(IEmbeddingGenerator<string, Embedding<float>> inner) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    // Counted in thirds of a token: three Latin letters make at most about one token, a character of another script up to about two.
    private const int MaxThirds = 8_000 * 3;
    private const int ThirdsPerWideCharacter = 5;

    public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GenerateAsync(values.Select(Clip), options, cancellationToken);

    private static string Clip(string text)
    {
        var thirds = 0;
        for (var i = 0; i < text.Length; i++)
        {
            thirds += char.IsAscii(text[i]) ? 1 : ThirdsPerWideCharacter;
            if (thirds > MaxThirds)
            {
                return text[..(char.IsLowSurrogate(text[i]) ? i - 1 : i)];
            }
        }

        return text;
    }
}
