using System.Diagnostics;
using MemU.Models;
using MemU.Reasoning;
using MemU.Reasoning.Llm;
using MemU.Testing;
using MemU.TestSupport;

namespace MemU.Tests.Llm;

public sealed class MediaTests
{
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task An_image_is_shown_to_the_model()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.AnswerSensibly();

        var result = await DescribeAsync(model, Modality.Image, Png, "a.png", "image/png");

        Assert.Equal(new MediaDescription("A red square on a white wall.", "A red square."), result);
        Assert.Contains($"data:image/png;base64,{Convert.ToBase64String(Png)}", model.Server.Chats.Single().Body);
        Assert.DoesNotContain("a.png", model.Server.Chats.Single().Body);
        Assert.Equal(1, model.Log.Usage.Calls);
    }

    [Fact]
    public async Task A_description_in_plain_words_is_taken_too()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("A cat on a mat, with the sign [1] beside it.");

        Assert.Equal(new MediaDescription("A cat on a mat, with the sign [1] beside it.", null), await DescribeAsync(model, Modality.Image, Png, "a.png", "image/png"));
    }

    [Theory]
    [InlineData("""{"description":"None","caption":""}""")]
    [InlineData("""{"description":42}""")]
    [InlineData("N/A")]
    public async Task A_description_that_says_nothing_is_an_error(string answer)
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Always(ScriptedReply.Text(answer));

        var error = await Assert.ThrowsAsync<ReasonerException>(() => DescribeAsync(model, Modality.Image, Png, "a.png", "image/png"));

        Assert.Equal("describe", error.Task);
    }

    [Fact]
    public async Task A_refused_image_is_an_error()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("I'm sorry, but I can't help with identifying people in images.");

        await Assert.ThrowsAsync<ReasonerException>(() => DescribeAsync(model, Modality.Image, Png, "a.png", "image/png"));
    }

    [Theory]
    [InlineData("image/tiff", "PNG, JPEG")]
    [InlineData("image/svg+xml", "PNG, JPEG")]
    public async Task An_image_that_no_model_can_see_is_refused_before_the_call(string type, string hint)
    {
        await using var model = await ModelUnderTest.StartAsync();

        var error = await Assert.ThrowsAsync<ReasonerException>(() => DescribeAsync(model, Modality.Image, Png, "a", type));

        Assert.Contains(hint, error.Message);
        Assert.Empty(model.Server.Requests);
    }

    [Fact]
    public async Task An_empty_file_and_a_huge_image_are_refused_before_the_call()
    {
        await using var model = await ModelUnderTest.StartAsync(options: new() { MaxImageBytes = 1 << 20 });

        await Assert.ThrowsAsync<ReasonerException>(() => DescribeAsync(model, Modality.Image, [], "a.png", "image/png"));
        var error = await Assert.ThrowsAsync<ReasonerException>(() => DescribeAsync(model, Modality.Image, new byte[3 << 20], "a.png", "image/png"));

        Assert.Contains("3 MB", error.Message);
        Assert.Empty(model.Server.Requests);
    }

    [Theory]
    [InlineData("mp3")]
    [InlineData("WAV")]
    [InlineData("m4a")]
    [InlineData("webm")]
    public async Task Speech_is_written_down(string format)
    {
        await using var model = await ModelUnderTest.StartAsync();

        var result = await DescribeAsync(model, Modality.Audio, [1, 2, 3], $"zebra.{format}", "audio/x");

        Assert.Equal(new MediaDescription("The meeting is on Tuesday at noon.", null), result);
        var sent = Assert.Single(model.Server.Requests);
        Assert.Equal("/v1/audio/transcriptions", sent.Path);
        Assert.Contains("whisper-1", sent.Body);
        Assert.Contains($"speech.{format.ToLowerInvariant()}", sent.Body);
        Assert.DoesNotContain("zebra", sent.Body);
        Assert.Equal(1, model.Log.Usage.Calls);
    }

    [Fact]
    public async Task Speech_is_sent_whole_again_after_a_fault()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.ReplyToTranscriptions(ScriptedReply.Status(503), ScriptedReply.Text("Hello there, this is Bob."));

        var result = await DescribeAsync(model, Modality.Audio, [.. "RIFFmarker"u8], "a.wav", "audio/wav");

        Assert.Equal("Hello there, this is Bob.", result.Text);
        Assert.Equal(2, model.Server.Requests.Count);
        Assert.All(model.Server.Requests, r => Assert.Contains("RIFFmarker", r.Body));
    }

    [Theory]
    [InlineData("a.flac")]
    [InlineData("a.ogg")]
    [InlineData("a")]
    public async Task Speech_in_another_format_is_refused_before_the_call(string name)
    {
        await using var model = await ModelUnderTest.StartAsync();

        var error = await Assert.ThrowsAsync<ReasonerException>(() => DescribeAsync(model, Modality.Audio, [1], name, "audio/x"));

        Assert.Contains("mp3, mp4, mpeg, mpga, m4a, wav, webm", error.Message);
        Assert.Empty(model.Server.Requests);
    }

    [Fact]
    public async Task Silence_is_no_memory()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.ReplyToTranscriptions(ScriptedReply.Text(" ... "));

        await Assert.ThrowsAsync<ReasonerException>(() => DescribeAsync(model, Modality.Audio, [1], "a.mp3", "audio/mpeg"));
    }

    [Fact]
    public async Task A_broken_transcription_answer_is_an_error_of_the_task()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.ReplyToTranscriptions(ScriptedReply.Body("<html>zebra</html>"), ScriptedReply.Status(401));

        var broken = await Assert.ThrowsAsync<ReasonerException>(() => DescribeAsync(model, Modality.Audio, [1], "a.mp3", "audio/mpeg"));
        var refused = await Assert.ThrowsAsync<ReasonerException>(() => DescribeAsync(model, Modality.Audio, [1], "a.mp3", "audio/mpeg"));

        Assert.Equal(("describe", "describe"), (broken.Task, refused.Task));
        Assert.DoesNotContain("zebra", broken.ToString());
        Assert.Contains("llm.api_key", refused.Message);
    }

    [Fact]
    public async Task A_provider_without_transcription_says_so()
    {
        await using var model = await ModelUnderTest.StartAsync(s => (s.Provider, s.BaseUrl) = ("ollama", s.BaseUrl![..^3]));

        var error = await Assert.ThrowsAsync<ReasonerException>(() => DescribeAsync(model, Modality.Audio, [1], "a.mp3", "audio/mpeg"));

        Assert.Contains("llm.transcribe_model", error.Message);
    }

    [Fact]
    public async Task A_film_is_shown_by_a_few_of_its_pictures()
    {
        using var folder = new TemporaryFolder();
        var film = await MakeFilmAsync(folder.Path);
        var work = Directory.CreateDirectory(Path.Combine(folder.Path, "work")).FullName;
        var frames = new VideoFrames(work, Path.GetDirectoryName(Needs.Ffmpeg())!, TimeProvider.System);
        await using var model = await ModelUnderTest.StartAsync(options: new() { Media = new(null, frames.TakeAsync) });
        model.Server.AnswerSensibly();

        var result = await DescribeAsync(model, Modality.Video, film, "film.mp4", "video/mp4");

        Assert.Equal("A red square.", result.Caption);
        var body = model.Server.Chats.Single().Body;
        Assert.InRange(body.Split("data:image/jpeg;base64,").Length - 1, 4, VideoFrames.MaxFrames);
        Assert.Empty(Directory.EnumerateFileSystemEntries(work));
    }

    [Fact]
    public async Task What_is_no_film_is_refused_and_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var frames = new VideoFrames(folder.Path, Path.GetDirectoryName(Needs.Ffmpeg())!, TimeProvider.System);

        var error = await Assert.ThrowsAsync<ReasonerException>(() => frames.TakeAsync(Film("not a film at all"u8), TestContext.Current.CancellationToken));

        Assert.Contains("MP4", error.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_playlist_cannot_make_ffmpeg_read_other_files()
    {
        using var folder = new TemporaryFolder();
        var secret = Path.Combine(folder.Path, "secret.mp4");
        await File.WriteAllBytesAsync(secret, await MakeFilmAsync(folder.Path), TestContext.Current.CancellationToken);
        var work = Directory.CreateDirectory(Path.Combine(folder.Path, "work")).FullName;
        var frames = new VideoFrames(work, Path.GetDirectoryName(Needs.Ffmpeg())!, TimeProvider.System);
        string[] playlists = [$"#EXTM3U\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n", $"ffconcat version 1.0\nfile '{secret}'\n"];

        foreach (var playlist in playlists)
        {
            await Assert.ThrowsAsync<ReasonerException>(() => frames.TakeAsync(Film(System.Text.Encoding.UTF8.GetBytes(playlist)), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Without_ffmpeg_the_error_says_how_to_get_it_and_nothing_is_left_behind()
    {
        using var folder = new TemporaryFolder();
        var frames = new VideoFrames(folder.Path, folder.Path, TimeProvider.System);

        var error = await Assert.ThrowsAsync<ReasonerException>(() => frames.TakeAsync(Film([1]), TestContext.Current.CancellationToken));

        Assert.Equal("describe", error.Task);
        Assert.Contains("apt-get install ffmpeg", error.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Ffmpeg_is_stopped_and_its_folder_removed_when_the_caller_gives_up()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for ffmpeg is a shell script");
        using var folder = new TemporaryFolder();
        var ready = Path.Combine(folder.Path, "ready");
        Tool(folder.Path, $"""echo $$ > "{ready}.tmp"; mv "{ready}.tmp" "{ready}"; exec sleep 600""");
        var work = Directory.CreateDirectory(Path.Combine(folder.Path, "work")).FullName;
        var frames = new VideoFrames(work, folder.Path, TimeProvider.System);
        using var cancel = new CancellationTokenSource();
        using var watcher = new FileSystemWatcher(folder.Path) { EnableRaisingEvents = true };
        var started = new TaskCompletionSource();
        watcher.Renamed += (_, e) => { if (e.Name == "ready") { started.TrySetResult(); } };

        var taking = frames.TakeAsync(Film([1]), cancel.Token);
        await started.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
        Assert.Empty(Directory.EnumerateFileSystemEntries(work));
        Assert.False(Directory.Exists($"/proc/{(await File.ReadAllTextAsync(ready, TestContext.Current.CancellationToken)).Trim()}"));
    }

    [Fact]
    public async Task Text_needs_no_description()
    {
        await using var model = await ModelUnderTest.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => DescribeAsync(model, Modality.Document, [1], "a.txt", "text/plain"));
    }

    private static Task<MediaDescription> DescribeAsync(ModelUnderTest model, Modality modality, byte[] content, string name, string type) =>
        model.Reasoner.DescribeAsync(model.Scope, new(modality, content, name, type), model.Log, TestContext.Current.CancellationToken);

    private static MediaRequest Film(ReadOnlySpan<byte> content) => new(Modality.Video, content.ToArray(), "film.mp4", "video/mp4");

    private static async Task<byte[]> MakeFilmAsync(string folder)
    {
        var path = Path.Combine(folder, "made.mp4");
        var start = new ProcessStartInfo(Needs.Ffmpeg()) { RedirectStandardError = true };
        foreach (var argument in (string[])["-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", "testsrc=duration=4:size=320x240:rate=10", "-pix_fmt", "yuv420p", path])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
    }

    private static void Tool(string folder, string script)
    {
        var path = Path.Combine(folder, "ffmpeg");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
