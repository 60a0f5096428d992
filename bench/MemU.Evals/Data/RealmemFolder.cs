using System.Globalization;
using System.Text.Json;

namespace MemU.Evals.Data;

/// <summary>
/// Reads a folder of RealMemBench: one file a persona, {dialogues[{session_uuid, current_time, dialogue_turns, extracted_memory}]}. A query is a
/// user's turn; its gold sessions stand on the turn after it, and only sessions before its own may be used.
/// </summary>
internal static class RealmemFolder
{
    public static DataSet Read(string folder)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)];
        var (talks, left, leftEvidence, dateless) = (new List<Talk>(), 0, 0, 0);
        foreach (var file in files)
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var (sittings, questions, before) = (new List<Sitting>(), new List<AskedQuestion>(), new HashSet<string>(StringComparer.Ordinal));
            foreach (var dialogue in json.RootElement.GetProperty("dialogues").EnumerateArray())
            {
                var id = dialogue.GetProperty("session_uuid").ToString();
                var time = SittingTime.Parse(dialogue.GetProperty("current_time").ToString());
                dateless += time is null ? 1 : 0;
                var turns = dialogue.GetProperty("dialogue_turns").EnumerateArray().ToList();
                for (var i = 0; i < turns.Count; i++)
                {
                    if (!IsQuery(turns[i]))
                    {
                        continue;
                    }

                    var named = i + 1 < turns.Count ? Gold(turns[i + 1]) : [];
                    var evidence = named.Where(before.Contains).ToHashSet(StringComparer.Ordinal);
                    leftEvidence += named.Count(n => !before.Contains(n));
                    left += evidence.Count == 0 ? 1 : 0;
                    if (evidence.Count > 0)
                    {
                        questions.Add(new AskedQuestion(Text(turns[i]), evidence.Count == 1 ? "one session" : "several sessions", evidence, sittings.Count, time));
                    }
                }

                sittings.Add(new Sitting(
                    id, time, [.. turns.Select((t, n) => new Turn(IdOf(id, n), t.GetProperty("speaker").ToString(), Text(t))).Where(t => t.Text.Length > 0)])
                {
                    GoldMemories = [.. Memories(dialogue)],
                });
                before.Add(id);
            }

            talks.Add(new Talk(Path.GetFileNameWithoutExtension(file), sittings, questions));
        }

        return new DataSet(talks)
        {
            BySitting = true, QuestionsLeftOut = left, EvidenceLeftOut = leftEvidence, SittingsWithoutDate = dateless, Hash = DataHash.Of(files),
        };
    }

    /// <summary>The sitting in which a turn stands.</summary>
    public static string SittingOf(string turnId) => turnId[..turnId.LastIndexOf(':')];

    private static string IdOf(string sitting, int turn) => string.Create(CultureInfo.InvariantCulture, $"{sitting}:{turn}");

    private static bool IsQuery(JsonElement turn) => turn.TryGetProperty("is_query", out var query) && query.ValueKind == JsonValueKind.True;

    private static string Text(JsonElement turn) => turn.GetProperty("content").ToString();

    private static List<string> Gold(JsonElement turn) =>
        turn.TryGetProperty("memory_session_uuids", out var ids) && ids.ValueKind == JsonValueKind.Array ? [.. ids.EnumerateArray().Select(i => i.ToString()).Distinct()] : [];

    private static IEnumerable<string> Memories(JsonElement dialogue) =>
        dialogue.TryGetProperty("extracted_memory", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(m => m.GetProperty("content").ToString()).Where(c => !string.IsNullOrWhiteSpace(c))
            : [];
}
