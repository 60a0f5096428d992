using MemU.Resources;
using MemU.Server.Web;

namespace MemU.Server.Ingest;

/// <summary>Files of the server's machine that may be memorized: those below an allowed folder, links followed. By default there is none.</summary>
internal sealed class LocalFiles(ServerOptions server)
{
    /// <exception cref="InvalidRequestException">The path is not below an allowed folder. What else is there is not said.</exception>
    public ResourceRef Source(string path)
    {
        if (server.AllowedRoots.Count == 0)
        {
            throw new InvalidRequestException("path", "This server reads no files of its own machine. Upload the file, or let the operator set server.allowed_roots.");
        }

        // The path is checked as it was written and as links make it; the source is the file itself, so that nothing is followed later.
        var real = path.Contains('\0') || !Path.IsPathFullyQualified(path) || !IsAllowed(Path.GetFullPath(path)) ? null : Real(Path.GetFullPath(path));
        return real is not null && server.AllowedRoots.Select(Real).Any(root => root is not null && IsBelow(real, root)) && File.Exists(real)
            ? ResourceRef.File(real)
            : throw new InvalidRequestException("path", "There is no such file below a folder that this server may read (server.allowed_roots). Give an absolute path.");
    }

    private bool IsAllowed(string path) => server.AllowedRoots.Any(root => IsBelow(path, root));

    private static bool IsBelow(string path, string root) => path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // Every part of the way may be a link.
    private static string? Real(string path)
    {
        try
        {
            var way = Path.GetPathRoot(path)!;
            foreach (var part in path[way.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
            {
                way = Path.Combine(way, part);
                FileSystemInfo info = Directory.Exists(way) ? new DirectoryInfo(way) : new FileInfo(way);
                way = info.LinkTarget is null ? way : Real(info.ResolveLinkTarget(returnFinalTarget: true)!.FullName) ?? way;
            }

            return way;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
