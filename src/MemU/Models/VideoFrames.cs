using System.Diagnostics;
using System.Globalization;
using MemU.Reasoning;

namespace MemU.Models;

/// <summary>
/// Takes a few pictures, evenly spread, out of a film with the ffmpeg that is installed on the machine. Works in a folder of its own, which is
/// removed whatever happens; reads no file but the film and never the network. Thread-safe.
/// </summary>
/// <param name="folder">Where that folder is made.</param>
/// <param name="searchPath">The folders in which ffmpeg is looked for, as in the variable PATH.</param>
/// <param name="time">For the limit on how long ffmpeg may work.</param>
internal sealed class VideoFrames(string folder, string searchPath, TimeProvider time)
{
    /// <summary>How many pictures at most.</summary>
    public const int MaxFrames = 8;

    private const int MaxWidth = 1024;
    private const string Containers = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,flv,asf,ogg,gif";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> TakeAsync(MediaRequest request, CancellationToken cancellationToken)
    {
        var ffmpeg = Find();
        var place = Directory.CreateDirectory(Path.Combine(folder, $"memu-frames-{Path.GetRandomFileName()}")).FullName;
        try
        {
            var film = Path.Combine(place, "film");
            await File.WriteAllBytesAsync(film, request.Content, cancellationToken);
            var seconds = Duration(await RunAsync(ffmpeg, place, ["-i", film], mayFail: true, cancellationToken));
            var rate = seconds is > 0 ? MaxFrames / seconds.Value : 1;
            await RunAsync(
                ffmpeg,
                place,
                ["-i", film, "-an", "-sn", "-vf", string.Create(CultureInfo.InvariantCulture, $"fps={rate:0.######},scale='min({MaxWidth},iw)':-2"), "-frames:v", MaxFrames.ToString(CultureInfo.InvariantCulture), "-q:v", "4", Path.Combine(place, "frame-%03d.jpg")],
                mayFail: false,
                cancellationToken);
            var frames = new List<ReadOnlyMemory<byte>>();
            foreach (var file in Directory.EnumerateFiles(place, "frame-*.jpg").Order(StringComparer.Ordinal).Take(MaxFrames))
            {
                frames.Add(await File.ReadAllBytesAsync(file, cancellationToken));
            }

            return frames;
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    // What ffmpeg tells about the film; a film's own words are not repeated.
    private async Task<string> RunAsync(string ffmpeg, string place, IReadOnlyList<string> arguments, bool mayFail, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(ffmpeg) { WorkingDirectory = place, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])["-hide_banner", "-nostdin", "-y", "-protocol_whitelist", "file", "-format_whitelist", Containers, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw Failed("ffmpeg did not start.");
        using var limit = new CancellationTokenSource(Limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            process.StandardInput.Close();
            var said = process.StandardError.ReadToEndAsync(stop.Token);
            await process.StandardOutput.ReadToEndAsync(stop.Token);
            await process.WaitForExitAsync(stop.Token);
            return process.ExitCode == 0 || mayFail ? await said : throw Failed($"ffmpeg could not read the film (exit code {process.ExitCode}). Check that it plays, or convert it to MP4.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed($"ffmpeg worked on the film for more than {Limit.TotalMinutes:0} minutes and was stopped. Cut the film.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    // Only in the folders of PATH: a process start would look in the current folder too.
    private string Find() => searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(Path.IsPathFullyQualified)
        .SelectMany(p => (string[])[Path.Combine(p, "ffmpeg"), Path.Combine(p, "ffmpeg.exe")])
        .FirstOrDefault(File.Exists)
        ?? throw Failed("Films need ffmpeg, which was not found on PATH. Install it: 'apt-get install ffmpeg' (Debian, Ubuntu), 'brew install ffmpeg' (macOS), 'winget install ffmpeg' (Windows).");

    // "  Duration: 00:01:02.50, start: …"
    private static double? Duration(string said)
    {
        const string Mark = "Duration: ";
        var at = said.IndexOf(Mark, StringComparison.Ordinal);
        var end = at < 0 ? -1 : said.IndexOf(',', at);
        return end > at && TimeSpan.TryParse(said.AsSpan((at + Mark.Length)..end), CultureInfo.InvariantCulture, out var duration) ? duration.TotalSeconds : null;
    }

    private static ReasonerException Failed(string message) => new(message) { Task = "describe" };
}
