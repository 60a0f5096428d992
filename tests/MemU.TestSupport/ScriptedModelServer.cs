using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemU.TestSupport;

/// <summary>
/// A model provider on a loopback port that answers by script and keeps every request. It speaks OpenAI (chat, embeddings, transcriptions),
/// Ollama (<c>/api/chat</c>, <c>/api/embed</c>) and Anthropic (<c>/v1/messages</c>). Replies are taken from the queue of their endpoint; when that is
/// empty the standing reply answers. Chat without either is answered 400, embeddings by vectors made from words, speech by a fixed sentence.
/// </summary>
public sealed class ScriptedModelServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<ModelRequest> requests = new();
    private readonly ConcurrentQueue<ScriptedReply> chat = new();
    private readonly ConcurrentQueue<ScriptedReply> embeddings = new();
    private readonly ConcurrentQueue<ScriptedReply> transcriptions = new();
    private readonly ConcurrentQueue<(int Count, TaskCompletionSource Arrived)> waiters = new();
    private readonly WebApplication app;
    private Func<ModelRequest, ScriptedReply> standing = _ => ScriptedReply.Status(400, "nothing_scripted", "no answer was scripted for this request");
    private Func<string, float[]> embed = text => WordVectors.Of(text, 64);
    private Func<ModelRequest, ScriptedReply>? standingEmbedding;

    private ScriptedModelServer(WebApplication app) => this.app = app;

    /// <summary>The address without a path: <c>http://127.0.0.1:41234</c>.</summary>
    public string Address => app.Urls.First();

    /// <summary>The base URL of the OpenAI dialect.</summary>
    public string BaseUrl => $"{Address}/v1";

    /// <summary>Every request so far, in order of arrival.</summary>
    public IReadOnlyList<ModelRequest> Requests => [.. requests];

    /// <summary>The chat requests so far.</summary>
    public IReadOnlyList<ModelRequest> Chats => [.. requests.Where(r => r.Endpoint == ModelEndpoint.Chat)];

    /// <summary>Sends embeddings as lists of numbers even when base64 was asked for, as some servers do.</summary>
    public bool PlainEmbeddings { get; set; }

    /// <summary>Starts a server on a free port.</summary>
    public static async Task<ScriptedModelServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var server = new ScriptedModelServer(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Queues what the model says next.</summary>
    public ScriptedModelServer Say(params string[] contents) => Reply([.. contents.Select(ScriptedReply.Text)]);

    /// <summary>Queues chat replies.</summary>
    public ScriptedModelServer Reply(params ScriptedReply[] replies) => Queue(chat, replies);

    /// <summary>Queues replies to embedding requests, to script faults.</summary>
    public ScriptedModelServer ReplyToEmbeddings(params ScriptedReply[] replies) => Queue(embeddings, replies);

    /// <summary>Queues replies to transcription requests; the content is the transcript.</summary>
    public ScriptedModelServer ReplyToTranscriptions(params ScriptedReply[] replies) => Queue(transcriptions, replies);

    /// <summary>What chat requests get when the queue is empty.</summary>
    public ScriptedModelServer Always(ScriptedReply reply) => Always(_ => reply);

    /// <summary>What chat requests get when the queue is empty.</summary>
    public ScriptedModelServer Always(Func<ModelRequest, ScriptedReply> reply)
    {
        standing = reply;
        return this;
    }

    /// <summary>Answers every task with something sensible made from its data; see <see cref="SensibleModel"/>.</summary>
    public ScriptedModelServer AnswerSensibly() => Always(r => ScriptedReply.Text(SensibleModel.Answer(r)));

    /// <summary>How texts become vectors.</summary>
    public ScriptedModelServer Embed(Func<string, float[]> vectors)
    {
        embed = vectors;
        return this;
    }

    /// <summary>What embedding requests get when the queue is empty, in place of vectors.</summary>
    public ScriptedModelServer AlwaysToEmbeddings(ScriptedReply reply)
    {
        standingEmbedding = _ => reply;
        return this;
    }

    /// <summary>Completes when so many requests have arrived since the start.</summary>
    public Task ArrivedAsync(int count)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiters.Enqueue((count, arrived));
        Notify();
        return arrived.Task;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private ScriptedModelServer Queue(ConcurrentQueue<ScriptedReply> queue, ScriptedReply[] replies)
    {
        foreach (var reply in replies)
        {
            queue.Enqueue(reply);
        }

        return this;
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var path = context.Request.Path.Value ?? "";
        var dialect = Dialect.Of(path);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new ModelRequest(dialect.Endpoint, path + context.Request.QueryString, headers, body);
        requests.Enqueue(request);
        Notify();
        var reply = Next(request);
        if (reply.Gate is { } gate)
        {
            await gate.WaitAsync(context.RequestAborted);
        }

        if (reply.IsDropped)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Code;
        context.Response.ContentType = dialect.ContentType;
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        var answer = reply.RawBody ?? dialect.Write(request, reply, embed, PlainEmbeddings);
        if (reply.IsCutInBody)
        {
            context.Response.ContentLength = System.Text.Encoding.UTF8.GetByteCount(answer);
            await context.Response.WriteAsync(answer[..(answer.Length / 2)]);
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await context.Response.WriteAsync(answer);
    }

    private ScriptedReply Next(ModelRequest request) => request.Endpoint switch
    {
        ModelEndpoint.Chat => chat.TryDequeue(out var c) ? c : standing(request),
        ModelEndpoint.Embeddings => embeddings.TryDequeue(out var e) ? e : standingEmbedding?.Invoke(request) ?? ScriptedReply.Text(""),
        ModelEndpoint.Transcriptions => transcriptions.TryDequeue(out var t) ? t : ScriptedReply.Text("The meeting is on Tuesday at noon."),
        _ => ScriptedReply.Status(404, "unknown_path", "no such path"),
    };

    private void Notify()
    {
        var count = requests.Count;
        foreach (var waiter in waiters.Where(w => w.Count <= count))
        {
            waiter.Arrived.TrySetResult();
        }
    }
}
