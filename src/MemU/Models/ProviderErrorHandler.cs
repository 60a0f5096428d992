using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using MemU.Reasoning;
using MemU.Settings;
using Polly.Timeout;

namespace MemU.Models;

/// <summary>
/// Turns what a provider answers in place of a result, and what happens on the way to it, into one exception that says what to mend. The
/// provider's own words stay out of it: they may repeat a prompt or a key.
/// </summary>
internal sealed partial class ProviderErrorHandler(ModelTarget target, LlmSettings settings, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private string Tries => settings.MaxRetries == 0 ? "" : $" (tried {(settings.MaxRetries + 1).ToString(CultureInfo.InvariantCulture)} times)";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (TimeoutRejectedException e)
        {
            throw new ModelCallException(FormattableString.Invariant($"{target} did not answer within {settings.TimeoutSeconds} s{Tries}. Try again, or raise llm.timeout_seconds."), e) { IsTransient = true };
        }
        catch (HttpRequestException e)
        {
            throw new ModelCallException($"{target} could not be reached{Tries}: {e.HttpRequestError}. Check the network and {target.UrlSetting}.", e) { IsTransient = true };
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw Failure(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
    }

    private ModelCallException Failure(HttpStatusCode status, string body)
    {
        var code = Code(body);
        var number = ((int)status).ToString(CultureInfo.InvariantCulture) + (code is null ? "" : $", {code}");
        var says = (int)status switch
        {
            >= 300 and < 400 => $"sends calls on to another address ({number}). Set {target.UrlSetting} to that address itself",
            400 or 422 when code?.Contains("context_length", StringComparison.Ordinal) == true => $"finds the text too long for this model ({number}). Choose one with a larger context in {target.ModelSetting}",
            400 or 422 when code?.Contains("content_filter", StringComparison.Ordinal) == true => $"refused the text by its content filter ({number}). Leave the source out or choose another model in {target.ModelSetting}",
            400 or 422 => $"did not accept the request ({number}). Check that the model in {target.ModelSetting} can do what is asked of it (chat, vision, embeddings, transcription)",
            401 when target.Key is null => $"wants a key ({number}). Set {target.KeySetting}",
            401 => $"refused the key ({number}). Check {target.KeySetting}",
            403 => $"does not let this key use the model ({number}). Check {target.KeySetting} and {target.ModelSetting}",
            404 or 405 => $"knows no such model or path ({number}). Check {target.ModelSetting} and {target.UrlSetting}",
            413 => $"finds the request too large ({number}). Make the source smaller",
            429 when code == "insufficient_quota" => $"says that the account's quota is used up ({number}){Tries}. Check the plan of the key in {target.KeySetting}",
            429 => $"is limiting calls ({number}){Tries}. Try again later, or lower llm.max_parallelism",
            >= 500 or 408 => $"failed ({number}){Tries}. Try again later",
            _ => $"answered {number}. Check {target.UrlSetting} and {target.ModelSetting}",
        };
        return new($"{target} {says}.")
        {
            IsTransient = (int)status is 408 or 429 or >= 500 && code != "insufficient_quota",
            RejectedOption = (int)status is 400 or 422 ? Rejected(body) : null,
        };
    }

    private static string? Rejected(string body) =>
        body.Contains("response_format", StringComparison.Ordinal) ? "response_format"
        : body.Contains("temperature", StringComparison.Ordinal) ? "temperature"
        : null;

    // A short machine-readable code is safe to show; anything else is not.
    private string? Code(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("error", out var error) || error.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            foreach (var name in (string[])["code", "type"])
            {
                if (error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                    && value.GetString() is { } code && PlainCode().IsMatch(code) && (target.Key is null || !code.Contains(target.Key, StringComparison.Ordinal)))
                {
                    return code;
                }
            }
        }
        catch (JsonException)
        {
            // Not every proxy answers in JSON; the status says enough.
        }

        return null;
    }

    [GeneratedRegex("^[a-z][a-z_]{1,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainCode();
}
