using System.CommandLine;
using MemU.Settings;

namespace MemU.Cli.CommandLine;

/// <summary>The options of every verb.</summary>
internal static class SharedOptions
{
    private static readonly Option<string?> user = Text("--user", "ID", "Whose memory. Default: default.");
    private static readonly Option<string?> agent = Text("--agent", "ID", "Which agent's memory of that user. Default: default.");
    private static readonly Option<string?> tenant = Text("--tenant", "ID", "Which organisation. Default: default.");
    private static readonly Option<string?> data = Text("--data", "DIR", "The folder of memu.db, vectors.json and resources/. Default: ./data.");
    private static readonly Option<string?> provider = Choice(
        "--provider", "NAME", "The model: offline, openai, azure-openai, ollama or anthropic. Default: openai when there is a key, else offline.",
        "offline", "openai", "azure-openai", "ollama", "anthropic");

    private static readonly Option<string?> database = Choice("--database", "NAME", "Where memories are kept: sqlite or memory. Default: sqlite.", "sqlite", "memory");
    private static readonly Option<string?> vectors = Choice(
        "--vectors", "NAME", "Where sqlite keeps vectors: json (vectors.json) or sqlite (in the same file). Default: json.", "json", "sqlite");

    private static readonly Option<string?> config = Text("--config", "FILE", "The settings file. Default: memu.json, if there is one.");

    public static Option<bool> Json { get; } = Switch("--json", "Print one JSON document and nothing else on the standard output.");

    public static Option<bool> Quiet { get; } = Switch("--quiet", "No progress, messages or remarks; only results, warnings and errors.");

    public static Option<bool> Verbose { get; } = Switch("--verbose", "Also print log messages (on the standard error).");

    public static IReadOnlyList<Option> All { get; } = [user, agent, tenant, data, provider, database, vectors, config, Json, Quiet, Verbose];

    /// <summary>The settings file that was named; null when none was.</summary>
    public static string? ConfigFile(ParseResult parse) => NotBlank(parse, config);

    /// <summary>What the options set.</summary>
    public static IEnumerable<SettingOverride> Overrides(ParseResult parse) =>
        new (Option<string?> Option, string Setting)[]
        {
            (user, "user_id"), (agent, "agent_id"), (tenant, "tenant_id"), (data, "data"), (provider, "llm.provider"),
            (database, "database.provider"), (vectors, "database.vector_db_path"),
        }
        .Where(o => parse.GetValue(o.Option) is not null)
        .Select(o => new SettingOverride(o.Setting, NotBlank(parse, o.Option)!, o.Option.Name));

    /// <summary>An option that takes a text.</summary>
    public static Option<string?> Text(string name, string help, string description, bool recursive = true) =>
        new(name) { HelpName = help, Description = description, Recursive = recursive };

    // A script whose variable is empty must not silently mean the default user or folder.
    private static string? NotBlank(ParseResult parse, Option<string?> option) =>
        parse.GetValue(option) is { } value && string.IsNullOrWhiteSpace(value)
            ? throw new ArgumentException($"The value of {option.Name} is blank. Give one, or leave the option out.")
            : parse.GetValue(option);

    private static Option<string?> Choice(string name, string help, string description, params string[] choices)
    {
        var option = Text(name, help, description);
        option.CompletionSources.Add(choices);
        return option;
    }

    private static Option<bool> Switch(string name, string description) => new(name) { Description = description, Recursive = true };
}
