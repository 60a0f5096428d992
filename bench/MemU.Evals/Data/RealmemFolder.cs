using System.Globalization;
using System.Text.Json;

namespace MemU.Evals.Data;

/// <summary>
/// Reads a folder of RealMemBench: one file a persona, {dialogues[{session_uuid, current_time, dialogue_turns, extracted_memory}]}. A query is a
/// user's turn; its gold sessions stand on the turn after it, and only sessions before its own may be used.
/// </summary>
internal static class RealmemFolder
{
    public static DataSet Read(string folder, RealmemEvidence wanted)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)];
        var (talks, left, leftEvidence, dateless) = (new List<Talk>(), 0, 0, 0);
        foreach (var (number, file) in files.Index())
        {
            var (sittings, questions, known) = (new List<Sitting>(), new List<AskedQuestion>(), new Dictionary<string, List<GoldMemory>>(StringComparer.Ordinal));
            foreach (var dialogue in Dialogues(file))
            {
                var id = dialogue.GetProperty("session_uuid").ToString();
                var time = SittingTime.Parse(dialogue.TryGetProperty("current_time", out var said) ? said.ToString() : null);
                dateless += time is null ? 1 : 0;
                var turns = dialogue.GetProperty("dialogue_turns").EnumerateArray().ToList();
                for (var i = 0; i < turns.Count && (wanted is RealmemEvidence.Sessions or RealmemEvidence.Turns); i++)
                {
                    if (!IsQuery(turns[i]))
                    {
                        continue;
                    }

                    if (string.IsNullOrWhiteSpace(Text(turns[i])))
                    {
                        left++;
                        continue;
                    }

                    var answer = i + 1 < turns.Count ? turns[i + 1] : default;
                    var (evidence, lost, category) = wanted == RealmemEvidence.Sessions ? SessionsOf(answer, known) : TurnsOf(answer, known);
                    leftEvidence += lost;
                    left += evidence.Count == 0 ? 1 : 0;
                    if (evidence.Count > 0)
                    {
                        questions.Add(new AskedQuestion(Text(turns[i]), category, evidence, sittings.Count, time));
                    }
                }

                var memories = GoldMemory.In(dialogue, id, [.. turns.Select(Text)]);
                sittings.Add(new Sitting(
                    id, time, [.. turns.Select((t, n) => new Turn(IdOf(id, n), t.GetProperty("speaker").ToString(), Text(t))).Where(t => !string.IsNullOrWhiteSpace(t.Text))])
                {
                    GoldMemories = [.. memories.Select(m => m.Text)],
                });
                known.TryAdd(id, memories);
            }

            if (wanted == RealmemEvidence.Memories)
            {
                var all = known.Values.SelectMany(m => m).ToList();
                leftEvidence += all.Count(m => m.TurnId is null);
                questions.AddRange(all.Where(m => m.TurnId is not null)
                    .Select(m => new AskedQuestion(m.Text, Teller([m]), new HashSet<string> { m.TurnId! }, sittings.Count, sittings[^1].Time)));
            }

            if (wanted == RealmemEvidence.Questions)
            {
                questions.AddRange(OwnQuestions.About(number + 1, sittings));
            }

            talks.Add(new Talk(Path.GetFileNameWithoutExtension(file), sittings, questions));
        }

        return new DataSet(talks)
        {
            BySitting = wanted == RealmemEvidence.Sessions, QuestionsLeftOut = left, EvidenceLeftOut = leftEvidence, SittingsWithoutDate = dateless,
            Hash = DataHash.Of(files),
        };
    }

    /// <summary>The sitting in which a turn stands.</summary>
    public static string SittingOf(string turnId) => turnId[..turnId.LastIndexOf(':')];

    private static IEnumerable<JsonElement> Dialogues(string file)
    {
        var persona = TolerantJson.Read(file) is [{ ValueKind: JsonValueKind.Object } one] ? one : default;
        return persona.ValueKind == JsonValueKind.Object && persona.TryGetProperty("dialogues", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : throw new EvalDataException($"'{file}' is no persona of RealMemBench: it has no list \"dialogues\".");
    }

    private static string IdOf(string sitting, int turn) => string.Create(CultureInfo.InvariantCulture, $"{sitting}:{turn}");

    private static bool IsQuery(JsonElement turn) => turn.TryGetProperty("is_query", out var query) && query.ValueKind == JsonValueKind.True;

    private static string Text(JsonElement turn) => turn.GetProperty("content").ToString();

    private static (IReadOnlySet<string> Evidence, int Lost, string Category) SessionsOf(JsonElement answer, Dictionary<string, List<GoldMemory>> known)
    {
        var named = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("memory_session_uuids", out var ids) && ids.ValueKind == JsonValueKind.Array
            ? ids.EnumerateArray().Select(i => i.ToString()).Distinct().ToList()
            : [];
        var evidence = named.Where(known.ContainsKey).ToHashSet(StringComparer.Ordinal);
        return (evidence, named.Count - evidence.Count, evidence.Count == 1 ? "one session" : "several sessions");
    }

    private static (IReadOnlySet<string> Evidence, int Lost, string Category) TurnsOf(JsonElement answer, Dictionary<string, List<GoldMemory>> known)
    {
        var used = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("memory_used", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [];
        var found = used
            .Select(u => (Sitting: u.GetProperty("session_uuid").ToString(), Text: GoldMemory.Plain(u.GetProperty("content").ToString())))
            .Select(u => known.GetValueOrDefault(u.Sitting)?.FirstOrDefault(m => m.Text == u.Text && m.TurnId is not null))
            .ToList();
        var gold = found.OfType<GoldMemory>().ToList();
        return (gold.Select(m => m.TurnId!).ToHashSet(StringComparer.Ordinal), found.Count(f => f is null), Teller(gold));
    }

    private static string Teller(IReadOnlyList<GoldMemory> memories) =>
        memories.All(m => m.ByUser) ? "told by the user" : memories.Any(m => m.ByUser) ? "told by both" : "told by the assistant";
}
