using Microsoft.Extensions.Configuration;

namespace MemU.Settings;

/// <summary>Puts settings together: defaults, then a file, then the environment, then options; the last one that sets something wins.</summary>
public static class SettingsLoader
{
    private static readonly string[] otherVariables = [SettingsRequest.FileVariable, "MEMU_DEBUG"];

    /// <summary>Loads. Reads at most one file and touches nothing else.</summary>
    /// <exception cref="ArgumentException">A file or a value is wrong, or a key is unknown; the message names it and the fix.</exception>
    public static LoadedSettings Load(SettingsRequest request)
    {
        var file = FileOf(request);
        var layers = new List<SettingsLayer> { SettingsLayer.Of(request.Defaults) };
        if (file is not null)
        {
            layers.Add(new SettingsLayer(SettingsFile.Read(file), _ => file));
        }

        layers.Add(SettingsLayer.OfEnvironment(request.Environment));
        layers.Add(SettingsLayer.Of(request.Options, keepsBlank: true));

        var settings = new MemUSettings();
        var origins = new Dictionary<string, string>();
        foreach (var key in SettingsCatalog.All)
        {
            if (layers.FindLast(l => l.Sets(key)) is { } layer)
            {
                key.Write(settings, layer.Value(key));
                origins[key.Name] = layer.OriginOf(key);
            }
        }

        var data = DataFolder.Apply(settings, layers, origins);
        KeepVectorsInside(settings, layers, origins);
        ApplyLastResortKey(settings, request.Environment, origins);
        var effective = SettingsCatalog.All.Select(k => new EffectiveSetting(
            k,
            k.Name == SettingsCatalog.DataName ? data : SettingText.Show(k.Read(settings) ?? SettingDefaults.Of(k.Name, settings), k.IsSecret),
            origins.GetValueOrDefault(k.Name, "default")));
        return new LoadedSettings(settings, file, [.. effective], [.. Warnings(settings, request.Environment)]);
    }

    private static string? FileOf(SettingsRequest request) =>
        request.File
        ?? (request.Environment.GetValueOrDefault(SettingsRequest.FileVariable) is { } named && !string.IsNullOrWhiteSpace(named) ? named : null)
        ?? (File.Exists(SettingsRequest.DefaultFile) ? SettingsRequest.DefaultFile : null);

    // vectors.json cannot be encrypted; where nobody asked for it, an encrypted database keeps its vectors itself.
    private static void KeepVectorsInside(MemUSettings settings, List<SettingsLayer> layers, Dictionary<string, string> origins)
    {
        var place = SettingsCatalog.Get("database.vector_db_path")!;
        if (settings.Encryption.IsOn && !layers.Exists(l => l.Sets(place)))
        {
            place.Write(settings, VectorPlaces.Sqlite);
            origins[place.Name] = origins.GetValueOrDefault("encryption.key") ?? origins["encryption.key_file"];
        }
    }

    // The key of one vendor must not be sent to another.
    private static void ApplyLastResortKey(MemUSettings settings, IReadOnlyDictionary<string, string> environment, Dictionary<string, string> origins)
    {
        if (environment.GetValueOrDefault(SettingsRequest.OpenAIKeyVariable)?.Trim() is not { Length: > 0 } key)
        {
            return;
        }

        var llm = settings.Llm;
        if (string.IsNullOrWhiteSpace(llm.ApiKey) && (llm.Provider is null || IsOpenAI(llm.Provider)))
        {
            llm.ApiKey = key;
            origins["llm.api_key"] = SettingsRequest.OpenAIKeyVariable;
        }
        else if (string.IsNullOrWhiteSpace(llm.EmbedApiKey) && IsOpenAI(llm.EmbedProvider) && !IsOpenAI(llm.Provider))
        {
            llm.EmbedApiKey = key;
            origins["llm.embed_api_key"] = SettingsRequest.OpenAIKeyVariable;
        }
    }

    private static bool IsOpenAI(string? provider) => string.Equals(provider?.Trim(), "openai", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Warnings(MemUSettings settings, IReadOnlyDictionary<string, string> environment)
    {
        if (settings.Llm is { Provider: null, BaseUrl: not null } llm && string.IsNullOrWhiteSpace(llm.ApiKey))
        {
            yield return "llm.base_url is set, but neither llm.provider nor a key: working offline. Set llm.provider to use that endpoint.";
        }

        var known = SettingsCatalog.All.Select(k => k.Variable).OfType<string>().Concat(otherVariables).ToList();
        foreach (var name in environment.Keys.Where(n => n.StartsWith("MEMU_", StringComparison.Ordinal) && !known.Contains(n)).Order(StringComparer.Ordinal))
        {
            if (Nearest.To(name, known) is { } meant)
            {
                yield return $"The variable {name} sets nothing. Did you mean {meant}?";
            }
        }
    }
}
