using System.Text.Json;

namespace MemU.Resources;

/// <summary>Guesses the modality of a source from its name, its media type and its content.</summary>
internal static class ModalityGuess
{
    /// <summary>A text longer than this is a document, in UTF-16 characters.</summary>
    private const int ShortText = 1000;

    private static readonly Dictionary<string, Modality> Media = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = Modality.Image, [".jpg"] = Modality.Image, [".jpeg"] = Modality.Image, [".gif"] = Modality.Image, [".webp"] = Modality.Image, [".bmp"] = Modality.Image,
        [".mp3"] = Modality.Audio, [".mpga"] = Modality.Audio, [".m4a"] = Modality.Audio, [".wav"] = Modality.Audio, [".ogg"] = Modality.Audio, [".flac"] = Modality.Audio,
        [".mp4"] = Modality.Video, [".mpeg"] = Modality.Video, [".mpg"] = Modality.Video, [".webm"] = Modality.Video, [".mov"] = Modality.Video, [".mkv"] = Modality.Video, [".avi"] = Modality.Video,
    };

    /// <summary>Image, audio or video by name, media type or first bytes; null for text.</summary>
    public static Modality? OfMedia(string fileName, string? mediaType, ReadOnlySpan<byte> content) =>
        Media.GetValueOrDefault(Path.GetExtension(fileName)) ?? (mediaType?.Split('/')[0].ToLowerInvariant()) switch
        {
            "image" when mediaType != "image/svg+xml" => Modality.Image,
            "audio" => Modality.Audio,
            "video" => Modality.Video,
            _ => content switch
            {
                [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => Modality.Image,
                [(byte)'I', (byte)'D', (byte)'3', ..] or [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] or [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => Modality.Audio,
                [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] or [0x1A, 0x45, 0xDF, 0xA3, ..] => Modality.Video,
                _ => null,
            },
        };

    /// <summary>Conversation, text or document.</summary>
    public static Modality OfText(string text, string fileName) =>
        PlainConversation.LooksLikeOne(text) || IsMeantAsJsonConversation(text, fileName) ? Modality.Conversation
        : text.Length <= ShortText ? Modality.Text
        : Modality.Document;

    /// <summary>
    /// True also for one that was cut off or holds no words: reading it then says what is wrong with it. As a text, its braces would be remembered
    /// in place of what the whole file said.
    /// </summary>
    private static bool IsMeantAsJsonConversation(string text, string fileName)
    {
        try
        {
            return JsonConversation.LooksLikeJson(text) && JsonConversation.HasMessages(text);
        }
        catch (JsonException)
        {
            return Path.GetExtension(fileName).ToLowerInvariant() is ".json" or ".jsonl" || JsonConversation.NamesMessages(text);
        }
    }
}
