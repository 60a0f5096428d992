using MemU.Resources;
using System.Security.Cryptography;
using System.Text;
using MemU.Storage;

namespace MemU.Commit;

/// <summary>
/// The resource under which a space keeps what was added by hand. It has no bytes; its passages are the words of the items, one after the
/// other as if joined by line ends. Words that are edited go to the end, words that are deleted leave a gap: offsets never overlap.
/// </summary>
/// <remarks>
/// Its content hash runs on with every note. So two writers who append at the same time notice each other, and one starts again.
/// </remarks>
internal static class HandNotes
{
    public const string Url = ResourceRef.NotesUrl;

    public const string Caption = "Notes added by hand";

    public static Resource NewResource(MemoryScope scope, string id, DateTimeOffset now) => new()
    {
        Scope = scope,
        Id = id,
        Url = Url,
        Modality = Modality.Text,
        LocalPath = "",
        Caption = Caption,
        CreatedAt = now,
    };

    /// <summary>The passage that these words make after the last one.</summary>
    public static Passage Append(Resource notes, Passage? last, string id, string text, DateTimeOffset? happenedAt) => new()
    {
        Scope = notes.Scope,
        Id = id,
        ResourceId = notes.Id,
        Position = last is null ? 0 : last.Position + 1,
        Start = last is null ? 0 : last.Start + last.Length + 1,
        HappenedAt = happenedAt,
        Text = text,
    };

    /// <summary>The write of the resource that goes with appended passages.</summary>
    public static ResourceWrite Write(Resource notes, bool exists, IEnumerable<Passage> appended)
    {
        var hash = notes.ContentHash;
        foreach (var passage in appended)
        {
            hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{hash}\n{passage.Id}\n{passage.Text}")));
        }

        return new ResourceWrite(notes with { ContentHash = hash }, exists, notes.ContentHash);
    }
}
