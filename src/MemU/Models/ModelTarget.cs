using MemU.Settings;

namespace MemU.Models;

/// <summary>One model at one address, and the names of the settings that chose it, for messages that say what to mend.</summary>
/// <param name="Provider">Who serves it.</param>
/// <param name="Model">Its id.</param>
/// <param name="BaseUrl">The address, ending in a slash.</param>
/// <param name="Key">The key; null for none. Never shown.</param>
/// <param name="Override">The path below the base URL that replaces the usual one; null for none.</param>
/// <param name="ModelSetting">The setting that names the model.</param>
/// <param name="UrlSetting">The setting that names the address.</param>
/// <param name="KeySetting">The setting that holds the key.</param>
internal sealed record ModelTarget(
    ModelProvider Provider, string Model, Uri BaseUrl, string? Key, string? Override, string ModelSetting, string UrlSetting, string KeySetting)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Provider.Name} at {BaseUrl.Authority} (model {Model})";
}
