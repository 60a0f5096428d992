using System.Text.Json;

namespace MemU.Evals.Data;

/// <summary>
/// What evidence may call the turns of a conversation: by their own ids, and by place ("D3:7", "3:7") where no turn has that id. Turns with one id are told apart by nobody: either is evidence.
/// </summary>
internal sealed class TurnNames
{
    private static readonly char[] Separators = [' ', ';', ',', '\n', '\t'];
    private static readonly char[] Wrapping = ['[', ']', '(', ')', '"', '\''];

    private readonly HashSet<string> own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> places = new(StringComparer.Ordinal);

    /// <summary>Takes the next turn and returns its id.</summary>
    public string Add(string? name, string session, int number)
    {
        var place = $"D{session}:{number}";
        own.Add(name ?? place);
        places.TryAdd(place, name ?? place);
        places.TryAdd(place[1..], name ?? place);
        return name ?? place;
    }

    /// <summary>The turns that evidence names, and how many of its names are none.</summary>
    public (IReadOnlySet<string> Turns, int Lost) Resolve(JsonElement evidence)
    {
        var names = Strings(evidence).SelectMany(s => Find(s) is null ? Parts(s) : [s]).Distinct(StringComparer.Ordinal).ToList();
        var found = names.Select(Find).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return (found, names.Count(n => Find(n) is null));
    }

    private string? Find(string name) => own.Contains(name) ? name : places.GetValueOrDefault(name);

    private static IEnumerable<string> Parts(string text) =>
        text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(p => p.Trim(Wrapping)).Where(p => p.Length > 0);

    private static IEnumerable<string> Strings(JsonElement evidence) => evidence.ValueKind switch
    {
        JsonValueKind.Array => evidence.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => Strings(evidence.EnumerateObject().FirstOrDefault(p => p.Name is "dia_id" or "id").Value),
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        _ => [evidence.ToString()],
    };
}
