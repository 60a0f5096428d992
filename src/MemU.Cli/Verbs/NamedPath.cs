namespace MemU.Cli.Verbs;

/// <summary>A folder or file named on the command line.</summary>
internal static class NamedPath
{
    /// <summary>The path; a blank one is an error that names the option.</summary>
    public static string Of(string path, string option) =>
        string.IsNullOrWhiteSpace(path) ? throw new ArgumentException($"{option} is blank. Name a path.") : path;
}
