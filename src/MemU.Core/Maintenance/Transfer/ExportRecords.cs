using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MemU.Contracts;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>Reads the record of a line and checks that it can be stored.</summary>
internal static class ExportRecords
{
    private const int MaxIdLength = 255;

    // What the contracts declare as never null must not be null in the file.
    private static readonly JsonSerializerOptions Strict = new(MemUJson.Compact) { RespectNullableAnnotations = true };

    private static readonly MemoryScope AnyScope = new();

    /// <summary>The record; null when this version does not know its type.</summary>
    /// <exception cref="MemUException">The record cannot be stored.</exception>
    public static object? Read(ExportLine line) => line.Type switch
    {
        RecordTypes.Header => Parse<ExportHeaderJson>(line),
        RecordTypes.End => Parse<ExportEndJson>(line),
        RecordTypes.Resource => Checked<ResourceJson>(line, r => Ids(r.Id) ?? Words(r.Url, "url") ?? Words(r.Modality, "modality"), r => r.ToModel(AnyScope)),
        RecordTypes.Blob => Checked<BlobJson>(line, b => Ids(b.ResourceId) ?? (b.Last && b.Sha256 is null ? "sha256 is missing" : null)),
        RecordTypes.Passage => Checked<PassageJson>(
            line, p => Ids(p.Id, p.ResourceId) ?? (p.Position < 0 || p.Start < 0 ? "a position is negative" : null), p => p.ToModel(AnyScope)),
        RecordTypes.Category => Checked<CategoryJson>(line, c => Ids(c.Id) ?? Words(c.Name, "name"), c => c.ToModel(AnyScope)),
        RecordTypes.Item => Checked<ItemJson>(
            line, i => Ids([i.Id, i.ResourceId, .. i.PassageIds]) ?? Words(i.MemoryType, "memory_type") ?? Words(i.Summary, "summary"), i => i.ToModel(AnyScope)),
        RecordTypes.Relation => Checked<RelationJson>(line, r => Ids(r.ItemId, r.CategoryId)),
        RecordTypes.History => Checked<RevisionJson>(line, r => Ids(r.Id, r.ItemId, r.ResourceId), r => r.ToModel(AnyScope)),
        RecordTypes.Vector => Checked<VectorJson>(line, v => Ids(v.Id) ?? Numbers(v.Vector)),
        _ => null,
    };

    private static T Parse<T>(ExportLine line)
    {
        try
        {
            return JsonSerializer.Deserialize(line.Json.Span, (JsonTypeInfo<T>)Strict.GetTypeInfo(typeof(T))) ?? throw line.Damaged("it is empty");
        }
        catch (JsonException e)
        {
            throw line.Damaged($"the {line.Type} is incomplete or wrongly typed (byte {e.BytePositionInLine}, {e.Path})");
        }
    }

    private static T Checked<T>(ExportLine line, Func<T, string?> fault, Action<T>? convert = null)
    {
        var record = Parse<T>(line);
        if (fault(record) is { } what)
        {
            throw line.Damaged($"the {line.Type}'s {what}");
        }

        try
        {
            convert?.Invoke(record);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw line.Damaged($"the {line.Type} holds a time that does not exist");
        }

        return record;
    }

    private static string? Ids(params ReadOnlySpan<string> ids)
    {
        foreach (var id in ids)
        {
            if (string.IsNullOrWhiteSpace(id) || id.Length > MaxIdLength || HoldsControls(id))
            {
                return $"id is blank, longer than {MaxIdLength} characters or holds control characters";
            }
        }

        return null;
    }

    // Those of ASCII and of Latin-1: there are no others.
    private static bool HoldsControls(ReadOnlySpan<char> id) => id.ContainsAnyInRange('\0', '\u001f') || id.ContainsAnyInRange('\u007f', '\u009f');

    private static string? Words(string text, string name) => string.IsNullOrWhiteSpace(text) ? $"{name} is blank" : null;

    private static string? Numbers(float[] vector) => vector.Length > 0 && VectorLength.IsFinite(vector) ? null : "vector is empty or holds what is no number";
}
