using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace MemU.Reasoning.Llm;

/// <summary>
/// Asks a chat model and takes its answer apart: counts the cost, asks once more when an answer is of no use, tells refusals from answers.
/// Bounds how many calls run at once. Thread-safe when the client is.
/// </summary>
internal sealed partial class ModelCaller(IChatClient client, string name, int maxParallelism, ILogger logger)
{
    private const int MaxEchoChars = 2_000;

    private readonly SemaphoreSlim slots = new(Math.Max(1, maxParallelism));
    private volatile bool plainText;
    private volatile bool defaultTemperature;

    public string Name => name;

    public async Task<T> AskAsync<T>(ModelAsk<T> ask, ReasoningLog log, CancellationToken cancellationToken)
        where T : class
    {
        var messages = ask.Prompt.ToMessages();
        var first = await AnswerAsync(ask.Task, messages, log, cancellationToken);
        if (Use(ask, first.Text, log) is { } result)
        {
            return result;
        }

        if (!string.IsNullOrWhiteSpace(first.Text))
        {
            messages.Add(new(ChatRole.Assistant, PassageLines.Gist(first.Text, MaxEchoChars)));
        }

        messages.Add(new(ChatRole.User, "That answer could not be read. Answer again: only the JSON object in the shape asked for, complete, without any other text."));
        log.Note($"{ask.Task}: the model's first answer could not be used; it was asked once more.");
        var second = await AnswerAsync(ask.Task, messages, log, cancellationToken);
        return Use(ask, second.Text, log) ?? throw new ReasonerException(
            $"The answer of the model '{name}' to '{ask.Task}' {Fault(second)}, twice. Try again, or choose a chat model that follows instructions.", second.Unreadable)
        {
            Task = ask.Task,
        };
    }

    /// <summary>Runs a call to another model (transcription) under the same bound and with the same bookkeeping.</summary>
    public async Task<string> MeasureAsync(string task, Func<Task<string>> call, ReasoningLog log, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await call();
            log.AddCall(0, 0, Stopwatch.GetElapsedTime(start));
            return answer;
        }
        catch (ModelCallException e)
        {
            throw new ReasonerException($"{task}: {e.Message}", e) { Task = task, IsTransient = e.IsTransient };
        }
        finally
        {
            slots.Release();
        }
    }

    private static T? Use<T>(ModelAsk<T> ask, string? answer, ReasoningLog log)
        where T : class
    {
        if (string.IsNullOrWhiteSpace(answer))
        {
            return null;
        }

        var tally = new DropTally(ask.Task);
        var json = TolerantJson.Read(answer);
        var result = (json.Values.Count > 0 ? ask.Read(json, tally) : null) ?? (IsProse(answer) ? ask.ReadProse?.Invoke(answer) : null);
        if (result is not null)
        {
            if (json.IsTruncated)
            {
                tally.Remark("the model's answer was cut short; what was complete was kept");
            }

            tally.ReportTo(log);
        }

        return result;
    }

    private static bool IsProse(string answer) => !answer.AsSpan().TrimStart().StartsWith("```") && answer.AsSpan().TrimStart()[0] is not ('{' or '[');

    private static string Fault(Answer answer) =>
        answer.Unreadable is { } cause ? $"could not be read by its client library ({cause.GetType().Name})"
        : string.IsNullOrWhiteSpace(answer.Text) ? "was empty"
        : TolerantJson.Read(answer.Text).Values.Count == 0 ? "held no JSON"
        : "held JSON of another shape than asked for";

    private async Task<Answer> AnswerAsync(string task, List<ChatMessage> messages, ReasoningLog log, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            var response = await SendAsync(task, messages, log, cancellationToken);
            RejectRefusal(task, response);
            return new(response.Text, null);
        }
        catch (UnreadableException e)
        {
            return new(null, e.InnerException);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<ChatResponse> SendAsync(string task, List<ChatMessage> messages, ReasoningLog log, CancellationToken cancellationToken)
    {
        while (true)
        {
            var options = new ChatOptions
            {
                ResponseFormat = plainText ? null : ChatResponseFormat.Json,
                Temperature = defaultTemperature ? null : 0.1f,
            };
            var start = Stopwatch.GetTimestamp();
            try
            {
                var response = await client.GetResponseAsync(messages, options, cancellationToken);
                var elapsed = Stopwatch.GetElapsedTime(start);
                var input = response.Usage?.InputTokenCount ?? 0;
                var output = response.Usage?.OutputTokenCount ?? 0;
                log.AddCall(input, output, elapsed);
                LogAnswer(task, name, (long)elapsed.TotalMilliseconds, input, output);
                return response;
            }
            catch (ModelCallException e) when (e.RejectedOption == "response_format" && options.ResponseFormat is not null)
            {
                plainText = true;
            }
            catch (ModelCallException e) when (e.RejectedOption == "temperature" && options.Temperature is not null)
            {
                defaultTemperature = true;
            }
            catch (ModelCallException e)
            {
                throw new ReasonerException($"{task}: {e.Message}", e) { Task = task, IsTransient = e.IsTransient };
            }
            catch (Exception e) when (e is (JsonException or ArgumentException or InvalidOperationException or FormatException or KeyNotFoundException or NullReferenceException or IndexOutOfRangeException) and not ObjectDisposedException)
            {
                // The client library could not read what its provider sent: an answer, but of no use.
                log.AddCall(0, 0, Stopwatch.GetElapsedTime(start));
                LogUnreadable(task, name, e.GetType().Name);
                throw new UnreadableException(e);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                throw e as ReasonerException ?? new ReasonerException($"{task}: the model '{name}' could not be asked ({e.GetType().Name}).", e)
                {
                    Task = task,
                    IsTransient = e is HttpRequestException or TimeoutException or OperationCanceledException,
                };
            }
        }
    }

    private void RejectRefusal(string task, ChatResponse response)
    {
        var filtered = response.FinishReason == ChatFinishReason.ContentFilter;
        var error = response.Messages.SelectMany(m => m.Contents).OfType<ErrorContent>().Any();
        if (filtered || error || response.FinishReason?.Value == "refusal" || SoundsLikeRefusal(response.Text))
        {
            throw new ReasonerException($"{task}: the model '{name}' declined to answer{(filtered ? " (its provider's content filter)" : "")}. Nothing was stored; leave the source out or choose another chat model.")
            {
                Task = task,
            };
        }
    }

    private static bool SoundsLikeRefusal(string? text) =>
        !string.IsNullOrWhiteSpace(text) && MemoryTextGuard.IsRefusal(text) && TolerantJson.Read(text).Values.Count == 0;

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Task}: {Model} answered in {Milliseconds} ms, {InputTokens} tokens in, {OutputTokens} out")]
    private partial void LogAnswer(string task, string model, long milliseconds, long inputTokens, long outputTokens);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Task}: the reply of {Model} could not be read ({Error})")]
    private partial void LogUnreadable(string task, string model, string error);

    private sealed record Answer(string? Text, Exception? Unreadable);

    private sealed class UnreadableException(Exception cause) : Exception(null, cause);
}
