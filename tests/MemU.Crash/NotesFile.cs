using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MemU.Vectors;

namespace MemU.Crash;

/// <summary>An export of notes that nobody wrote by hand, with the vectors of a model that is paid for. The ids of notes of several names lie among each other.</summary>
internal static class NotesFile
{
    public const string ResourceId = "01900000-0000-7000-8000-ffffffffffff";
    private const string Names = "abc";
    private const double Time = 1762160400;

    /// <summary>The id of the note of a name: version-7 UUIDs whose order is that of their numbers.</summary>
    public static string IdOf(char name, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"01900000-0000-7000-8000-{(number * Names.Length) + Names.IndexOf(name, StringComparison.Ordinal):x12}");

    public static string TextOf(char name, int number) => $"Remember zqnote{name}{number}.";

    /// <summary>Writes so many notes of each of these names.</summary>
    public static async Task WriteAsync(string file, string names, int count)
    {
        var (tenant_id, user_id, agent_id) = (MemoryScope.DefaultId, BlockScene.User, MemoryScope.DefaultId);
        List<object> lines =
        [
            new { type = "resource", id = ResourceId, tenant_id, user_id, agent_id, url = "memu:notes", modality = "text", local_path = "", created_at = Time },
        ];
        var notes = (from number in Enumerable.Range(0, count) from name in names select (Id: IdOf(name, number), Text: TextOf(name, number))).ToList();
        lines.AddRange(notes.Select(n => new
        {
            type = "item", id = n.Id, tenant_id, user_id, agent_id, resource_id = ResourceId, memory_type = MemoryTypes.Knowledge, summary = n.Text, created_at = Time,
        }));
        lines.AddRange(notes.Select(n => new
        {
            type = "vector", collection = VectorCollections.Items, id = n.Id, model = Places.Paid, text = n.Text,
            vector = Convert.ToBase64String(MemoryMarshal.AsBytes(PaidEmbeddings.Of(n.Text).AsSpan())),
        }));
        lines.Insert(0, new { type = "header", format = "memu-export", version = 2, tenant_id, user_id, agent_id, exported_at = Time, content = false, vectors = true });
        lines.Add(new { type = "end", records = lines.Count - 1 });
        await File.WriteAllLinesAsync(file, lines.Select(l => JsonSerializer.Serialize(l)));
    }
}
