namespace MemU.Settings;

/// <summary>
/// Spreads the setting <c>data</c> over the four paths. A path keeps its own value when a source of the same or a higher rank sets it;
/// the words <c>json</c> and <c>sqlite</c> for vectors are no paths and stay.
/// </summary>
internal static class DataFolder
{
    private static readonly (string Name, string Below)[] paths =
        [("database.sqlite_path", "memu.db"), ("database.vector_db_path", "vectors.json"), ("blob.resources_dir", "resources"), ("encryption.keys_dir", "keys")];

    public static string? Apply(MemUSettings settings, List<SettingsLayer> layers, Dictionary<string, string> origins)
    {
        var key = SettingsCatalog.Get(SettingsCatalog.DataName)!;
        var rank = layers.FindLastIndex(l => l.Sets(key));
        if (rank < 0)
        {
            return null;
        }

        var folder = (string)layers[rank].Value(key);
        if (string.IsNullOrWhiteSpace(folder))
        {
            throw new ArgumentException($"The data folder (from {layers[rank].OriginOf(key)}) is blank. Name a folder.");
        }

        foreach (var (name, below) in paths)
        {
            var path = SettingsCatalog.Get(name)!;
            var own = layers.FindLastIndex(l => l.Sets(path));
            if (own < rank && !(own >= 0 && VectorPlaces.WordOf((string)layers[own].Value(path)) is not null))
            {
                path.Write(settings, Path.Combine(folder, below));
                origins[name] = layers[rank].OriginOf(key);
            }
        }

        return folder;
    }
}
