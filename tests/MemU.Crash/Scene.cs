using System.Text.RegularExpressions;
using MemU.Testing;

namespace MemU.Crash;

/// <summary>A copy of the template to do something to: the data folder, and a place for what is written outside of it.</summary>
internal sealed partial class Scene : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private Scene(Template template) => Template = template;

    public Template Template { get; }

    public string Vectors => Template.Vectors;

    /// <summary>The folder whose files a fault may strike.</summary>
    public string Root => folder.At("root");

    public string Data => folder.At("root", "data");

    public string Backups => folder.At("root", "backups");

    public static Scene Of(Template template)
    {
        var scene = new Scene(template);
        Copy(template.Data, scene.Data);
        return scene;
    }

    /// <summary>The options that every command on this folder needs.</summary>
    public string[] Options => Template.IsEncrypted
        ? ["--data", Data, "--vectors", "sqlite", "--config", Template.Settings]
        : ["--data", Data, "--vectors", Vectors];

    /// <summary>Words of memories that stand in a file below the root, of an encrypted folder, with the file.</summary>
    public IReadOnlyList<string> WordsInClear =>
        [.. folder.Files.Where(f => f.StartsWith(Root, StringComparison.Ordinal)).SelectMany(f => Template.WordsIn(File.ReadAllBytes(f)).Select(w => $"{w} in {f}"))];

    public House Open() => House.Open(Data, Vectors);

    /// <summary>Files that a finished command leaves to nobody.</summary>
    public IReadOnlyList<string> Litter =>
        [.. folder.Files.Where(f => f.EndsWith(".tmp", StringComparison.Ordinal) || f.Contains("before-restore", StringComparison.Ordinal)
            || f.Contains(".partial/", StringComparison.Ordinal) || f.Contains(".memu-backup-", StringComparison.Ordinal) || f.Contains("/.doubts/", StringComparison.Ordinal)
            || f.Contains(".unfinished", StringComparison.Ordinal) || f.Contains(".tmp-", StringComparison.Ordinal)).Where(f => !IsTakenOver().IsMatch(f))];

    public void Dispose() => folder.Dispose();

    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var path in Directory.EnumerateFileSystemEntries(from))
        {
            var target = Path.Combine(to, Path.GetFileName(path));
            if (Directory.Exists(path))
            {
                Copy(path, target);
            }
            else
            {
                File.Copy(path, target);
            }
        }
    }

    /// <summary>The next write of the vector file takes its temporary file over; the probe of its folder is an empty file.</summary>
    [GeneratedRegex(@"data/(\.[a-z0-9]{8}\.[a-z0-9]{3}|vectors\.json)\.tmp$")]
    private static partial Regex IsTakenOver();
}
