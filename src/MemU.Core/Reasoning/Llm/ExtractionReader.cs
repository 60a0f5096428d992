using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MemU.Reasoning.Llm;

/// <summary>Takes the answer to one extraction apart; keeps what is good and counts what is not.</summary>
internal sealed partial class ExtractionReader(ExtractRequest request, IReadOnlyList<Passage> passages)
{
    private static readonly string[] DateFormats = ["yyyy-M-d", "yyyy/M/d", "yyyy-M", "yyyy"];

    public Extraction? Read(TolerantAnswer json, DropTally tally)
    {
        if ((json.ObjectWithList("items", "content", "memory") ?? GroupedByType(json)) is not { } answer)
        {
            return null;
        }

        var items = new List<ItemDraft>();
        foreach (var element in answer.Elements("items"))
        {
            if (Item(element, tally) is { } item)
            {
                items.Add(item);
            }
        }

        return items.Count == 0 && json.IsTruncated ? null : new(items, Caption(answer, tally));
    }

    // {"profile":[…],"event":[…]}: the same by another road.
    private JsonObject? GroupedByType(TolerantAnswer json)
    {
        if (json.ObjectWith(request.MemoryTypes) is not { } groups)
        {
            return null;
        }

        var items = new JsonArray();
        foreach (var type in request.MemoryTypes)
        {
            foreach (var element in groups.Elements(type))
            {
                var item = element is JsonObject o ? o.DeepClone().AsObject() : new JsonObject { ["content"] = element?.DeepClone() };
                item["type"] = type;
                items.Add((JsonNode)item);
            }
        }

        return new JsonObject { ["items"] = items, ["caption"] = groups.Field("caption")?.DeepClone() };
    }

    private ItemDraft? Item(JsonNode? element, DropTally tally)
    {
        if (element is not JsonObject entry)
        {
            tally.Drop("entry that is no object");
            return null;
        }

        var content = (entry.Text("content") ?? entry.Text("memory"))?.Trim();
        if (content is null)
        {
            tally.Drop("entry whose 'content' is not text");
            return null;
        }

        if (!MemoryTextGuard.IsStorable(content, out var why))
        {
            tally.Drop($"entry whose 'content' is {why}");
            return null;
        }

        if (Type(entry) is not { } type)
        {
            tally.Drop("entry whose 'type' is none of the wanted ones");
            return null;
        }

        return new ItemDraft
        {
            MemoryType = type,
            Content = content,
            Categories = Categories(entry, tally),
            PassageIds = Sources(entry, tally),
            HappenedAt = HappenedAt(entry, tally),
        };
    }

    private string? Type(JsonObject entry)
    {
        var types = request.MemoryTypes;
        var said = (entry.Text("type") ?? entry.Text("memory_type"))?.Trim();
        if (said is null)
        {
            return types.Count == 1 ? types[0] : null;
        }

        // 'events', 'Behaviour': the spelling, not the meaning, differs.
        return types.FirstOrDefault(t => Same(t, said)) ?? types.FirstOrDefault(t => Same(t, said.TrimEnd('s')) || Same(t, said.Replace("our", "or", StringComparison.OrdinalIgnoreCase)));
    }

    private List<string> Categories(JsonObject entry, DropTally tally)
    {
        var names = new List<string>();
        foreach (var element in entry.Elements("categories").Concat(entry.Has("categories") ? [] : entry.Elements("category")))
        {
            var said = JsonFields.AsText(element)?.Trim();
            var known = request.Categories.FirstOrDefault(c => Same(c.Name, said))?.Name;
            if (known is null)
            {
                tally.Drop("category name that is not in the list");
            }
            else if (!names.Contains(known))
            {
                names.Add(known);
            }
        }

        return names;
    }

    private List<string> Sources(JsonObject entry, DropTally tally)
    {
        var numbers = new SortedSet<int>();
        foreach (var element in entry.Elements("source"))
        {
            if (JsonFields.AsNumber(element) is { } n)
            {
                numbers.Add(n);
            }
            else if (JsonFields.AsText(element) is { } text)
            {
                numbers.UnionWith(Numbers(text));
            }
        }

        tally.Drop("'source' number that is no message", numbers.Count(n => n < 1 || n > passages.Count));
        return [.. numbers.Where(n => n >= 1 && n <= passages.Count).Select(n => passages[n - 1].Id)];
    }

    // "3", "3-5", "messages 2 and 4".
    private IEnumerable<int> Numbers(string text)
    {
        foreach (Match match in NumberOrRange().Matches(text))
        {
            var from = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var to = match.Groups[2].Success ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : from;
            for (var n = from; n <= Math.Min(to, passages.Count); n++)
            {
                yield return n;
            }

            if (from > passages.Count)
            {
                yield return from;
            }
        }
    }

    private DateTimeOffset? HappenedAt(JsonObject entry, DropTally tally)
    {
        var node = entry.Field("happened_at");
        var said = (node?.GetValueKind() == JsonValueKind.Number ? node.ToJsonString() : JsonFields.AsText(node))?.Split(',')[0].Trim();
        if (said is null || !MemoryTextGuard.IsStorable(said, out _))
        {
            return null;
        }

        var offset = passages.FirstOrDefault(p => p.HappenedAt is not null)?.HappenedAt?.Offset ?? TimeSpan.Zero;
        if (DateTime.TryParseExact(said, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return At(day, offset);
        }

        if (StartsWithDate().IsMatch(said) && DateTime.TryParse(said, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            return time.Kind == DateTimeKind.Unspecified ? At(time, offset) : DateTimeOffset.Parse(said, CultureInfo.InvariantCulture);
        }

        tally.Drop("'happened_at' that is no date");
        return null;
    }

    private static DateTimeOffset At(DateTime time, TimeSpan offset) =>
        time.Ticks > TimeSpan.TicksPerDay ? new(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), offset) : new(time.Ticks, TimeSpan.Zero);

    private string? Caption(JsonObject answer, DropTally tally)
    {
        if (!request.WantCaption || answer.Field("caption") is null)
        {
            return null;
        }

        var caption = answer.Text("caption")?.Trim();
        if (MemoryTextGuard.IsStorable(caption, out var why))
        {
            return caption;
        }

        tally.Drop($"'caption' that is {why}");
        return null;
    }

    private static bool Same(string a, string? b) => string.Equals(a.Trim(), b, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")]
    private static partial Regex NumberOrRange();

    [GeneratedRegex(@"^\d{4}-\d{1,2}-\d{1,2}[T ]")]
    private static partial Regex StartsWithDate();
}
