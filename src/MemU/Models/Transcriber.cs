using System.ClientModel;
using System.Text.Json;
using MemU.Reasoning;
using OpenAI.Audio;

namespace MemU.Models;

/// <summary>Writes down speech through the transcription endpoint of OpenAI or a compatible service.</summary>
internal sealed class Transcriber(AudioClient client, ModelTarget target)
{
    public async Task<string> TranscribeAsync(MediaRequest request, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(request.Content.ToArray(), writable: false);
        try
        {
            // Only the ending of the name matters to the service; the name itself is nobody's business there.
            var answer = await client.TranscribeAudioAsync(stream, "speech" + Path.GetExtension(request.FileName).ToLowerInvariant(), cancellationToken: cancellationToken);
            return answer.Value.Text ?? "";
        }
        catch (Exception e) when (e is JsonException or ClientResultException or InvalidOperationException or FormatException)
        {
            throw new ModelCallException($"{target} sent a transcription that could not be read. Check {target.UrlSetting}.");
        }
    }
}
