using System.CommandLine;
using MemU.Cli.Output;
using MemU.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemU.Cli.CommandLine;

/// <summary>One call of a verb: what was asked, the settings, the host (opened when first needed) and where to say things.</summary>
internal sealed class VerbCall(ParseResult parse, Surroundings surroundings, CliOutput output, CancellationToken cancel) : IAsyncDisposable
{
    private const string DefaultOrigin = "default";
    private readonly Dictionary<string, SettingOverride> options = [];
    private LoadedSettings? settings;
    private bool warned;
    private MemUHost? host;

    public Surroundings Surroundings => surroundings;

    public CliOutput Output => output;

    public CancellationToken Cancel => cancel;

    /// <summary>The settings in effect.</summary>
    public LoadedSettings Settings => settings ??= LoadSettings();

    /// <summary>The memory that the settings describe.</summary>
    public MemUHost Host => host ??= OpenHost();

    /// <summary>The space of the user, agent and tenant of this call.</summary>
    public MemorySpace Space => Host.OpenSpace(Settings.Settings.UserId, Settings.Settings.AgentId, Settings.Settings.TenantId);

    /// <summary>True when a user, agent or tenant was named by an option, a variable or the settings file.</summary>
    public bool NamesSpace => new[] { "user_id", "agent_id", "tenant_id" }.Any(Names);

    /// <summary>True when an option, a variable or the settings file sets the setting.</summary>
    public bool Names(string setting) => Settings[setting].Origin != DefaultOrigin;

    public T? Get<T>(Option<T> option) => parse.GetValue(option);

    public T? Get<T>(Argument<T> argument) => parse.GetValue(argument);

    /// <summary>Sets a setting as if an option had, before the settings are first used.</summary>
    public void Set(string name, string? value, string origin)
    {
        if (value is not null)
        {
            options[name] = new SettingOverride(name, value, origin);
        }
    }

    /// <summary>Sets a setting that nobody has set.</summary>
    public bool Assume(string name, string value, string origin)
    {
        if (Settings[name].Origin != DefaultOrigin)
        {
            return false;
        }

        Set(name, value, origin);
        settings = null;
        return true;
    }

    /// <summary>The page that the paging options ask for.</summary>
    public PageRequest Page(Option<int?> limit, Option<string?> cursor) =>
        new() { Limit = Get(limit) ?? PageRequest.First.Limit, Cursor = Get(cursor) };

    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;

    private LoadedSettings LoadSettings()
    {
        foreach (var given in SharedOptions.Overrides(parse))
        {
            options.TryAdd(given.Name, given);
        }

        var loaded = SettingsLoader.Load(new SettingsRequest
        {
            File = SharedOptions.ConfigFile(parse),
            Environment = surroundings.Environment,
            Defaults = [new("database.provider", "sqlite", DefaultOrigin), new("data", "./data", DefaultOrigin)],
            Options = [.. options.Values],
        });
        foreach (var warning in warned ? [] : loaded.Warnings)
        {
            output.Warning(warning);
        }

        warned = true;

        return loaded;
    }

    private MemUHost OpenHost()
    {
        var loaded = Settings;
        return MemUHost.Create(m =>
        {
            m.Services.AddLogging(l => l
                .SetMinimumLevel(LogLevel.Debug)
                .AddProvider(new MessageLogger(
                    output, Get(SharedOptions.Verbose) ? LogLevel.Information : LogLevel.Warning, surroundings.IsDebugging())));
            m.UseSettings(loaded.Settings);
        });
    }
}
