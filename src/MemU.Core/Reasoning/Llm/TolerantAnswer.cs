using System.Text.Json.Nodes;

namespace MemU.Reasoning.Llm;

/// <summary>The JSON values of an answer.</summary>
/// <param name="Values">Objects and arrays, in the order in which they stand.</param>
/// <param name="IsTruncated">True when the answer ended inside the last one.</param>
internal sealed record TolerantAnswer(IReadOnlyList<JsonNode> Values, bool IsTruncated)
{
    /// <summary>The object that has one of the fields, at the top or one level below; null when none has.</summary>
    public JsonObject? ObjectWith(params IReadOnlyList<string> fields)
    {
        var objects = Values.OfType<JsonObject>().ToList();
        return objects.LastOrDefault(o => HasAny(o, fields))
            ?? objects.SelectMany(o => o.Select(p => p.Value)).OfType<JsonObject>().LastOrDefault(o => HasAny(o, fields))
            ?? Values.OfType<JsonArray>().Where(a => a.Count == 1).Select(a => a[0]).OfType<JsonObject>().LastOrDefault(o => HasAny(o, fields));
    }

    /// <summary>
    /// The object that holds a list under a name. A bare array, a bare element and elements in a row (JSON Lines) are taken for the list itself.
    /// </summary>
    /// <param name="field">The name of the list.</param>
    /// <param name="elementFields">Names by which a bare element is known; none when elements are no objects.</param>
    public JsonObject? ObjectWithList(string field, params IReadOnlyList<string> elementFields)
    {
        if (ObjectWith(field) is { } whole)
        {
            return whole;
        }

        var arrays = Values.OfType<JsonArray>().ToList();
        var list = arrays.Where(a => elementFields.Count == 0 || a.OfType<JsonObject>().Any()).MaxBy(a => a.Count)
            ?? arrays.LastOrDefault(a => a.Count == 0);
        if (list is not null)
        {
            return new JsonObject { [field] = list.DeepClone() };
        }

        var elements = Values.OfType<JsonObject>().Where(o => elementFields.Count > 0 && HasAny(o, elementFields)).ToList();
        return elements.Count == 0 ? null : new JsonObject { [field] = new JsonArray([.. elements.Select(e => e.DeepClone())]) };
    }

    private static bool HasAny(JsonObject o, IReadOnlyList<string> fields) => fields.Any(f => o.Has(f));
}
