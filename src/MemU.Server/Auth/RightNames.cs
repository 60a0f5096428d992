namespace MemU.Server.Auth;

/// <summary>Rights as words: <c>read,write</c>.</summary>
public static class RightNames
{
    /// <summary>Every right there is.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Of(KeyRights.Read | KeyRights.Write | KeyRights.Erase | KeyRights.Admin)];

    /// <summary>The words of the rights.</summary>
    public static IReadOnlyList<string> Of(KeyRights rights) =>
        [.. Enum.GetValues<KeyRights>().Where(r => r != KeyRights.None && rights.HasFlag(r)).Select(r => r.ToString().ToLowerInvariant())];

    /// <summary>The rights that words name, separated by commas or blanks.</summary>
    /// <exception cref="ArgumentException">A word is no right, or there is none.</exception>
    public static KeyRights Parse(string words)
    {
        var rights = KeyRights.None;
        foreach (var word in (words ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            rights |= TryGet(word) ?? throw new ArgumentException($"'{word}' is no right. Rights are {string.Join(", ", All)}.", nameof(words));
        }

        return rights == KeyRights.None ? throw new ArgumentException($"No right was named. Rights are {string.Join(", ", All)}.", nameof(words)) : rights;
    }

    /// <summary>The rights among words, those that are none left out: tokens may carry words for others too.</summary>
    internal static KeyRights Among(IEnumerable<string> words) => words.Aggregate(KeyRights.None, (rights, word) => rights | (TryGet(word) ?? KeyRights.None));

    private static KeyRights? TryGet(string word) => word.ToLowerInvariant() switch
    {
        "read" => KeyRights.Read,
        "write" => KeyRights.Write,
        "erase" => KeyRights.Erase,
        "admin" => KeyRights.Admin,
        _ => null,
    };
}
