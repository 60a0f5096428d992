using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MemU.Evals.Data;

/// <summary>
/// Reads the layout of LoCoMo: a list of {sample_id, conversation{session_k, session_k_date_time}, qa[]}, or one such object. Any number of
/// conversations, any category labels. Evidence strings are split at blanks, commas and semicolons; what names no turn is counted and dropped.
/// </summary>
internal static partial class LocomoFile
{
    public static DataSet Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var samples = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.EnumerateArray().ToList() : [json.RootElement];
        var (talks, left, leftEvidence, dateless) = (new List<Talk>(), 0, 0, 0);
        foreach (var sample in samples)
        {
            var sittings = Sittings(sample.GetProperty("conversation"));
            dateless += sittings.Count(s => s.Time is null);
            var turns = sittings.SelectMany(s => s.Turns).Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
            var askedAt = sittings.Max(s => s.Time);
            var questions = new List<AskedQuestion>();
            foreach (var qa in sample.GetProperty("qa").EnumerateArray())
            {
                var named = Evidence(qa).ToList();
                var evidence = named.Where(turns.Contains).ToHashSet(StringComparer.Ordinal);
                leftEvidence += named.Count(n => !turns.Contains(n));
                if (evidence.Count == 0)
                {
                    left++;
                    continue;
                }

                questions.Add(new AskedQuestion(Text(qa, "question") ?? "", Label(qa), evidence, sittings.Count, askedAt));
            }

            talks.Add(new Talk(Text(sample, "sample_id") ?? $"#{talks.Count + 1}", sittings, questions));
        }

        return new DataSet(talks) { QuestionsLeftOut = left, EvidenceLeftOut = leftEvidence, SittingsWithoutDate = dateless, Hash = DataHash.Of([file]) };
    }

    private static List<Sitting> Sittings(JsonElement conversation) =>
    [
        .. conversation.EnumerateObject()
            .Select(p => (Property: p, Match: SessionName().Match(p.Name)))
            .Where(p => p.Match.Success && p.Property.Value.ValueKind == JsonValueKind.Array)
            .Select(p => (Number: int.Parse(p.Match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), p.Property))
            .OrderBy(p => p.Number)
            .Select(p => new Sitting(
                p.Property.Name, SittingTime.Parse(Text(conversation, p.Property.Name + "_date_time")), [.. Turns(p.Property.Value, p.Number)])),
    ];

    private static IEnumerable<Turn> Turns(JsonElement turns, int session)
    {
        var number = 0;
        foreach (var turn in turns.EnumerateArray())
        {
            number++;
            var text = Text(turn, "text") ?? Text(turn, "clean_text") ?? Text(turn, "content") ?? "";
            var picture = Text(turn, "blip_caption");
            var whole = picture is null ? text : $"{text}\n[image: {picture}]";
            if (!string.IsNullOrWhiteSpace(whole))
            {
                yield return new Turn(Text(turn, "dia_id") ?? $"D{session}:{number}", Text(turn, "speaker") ?? "user", whole);
            }
        }
    }

    private static IEnumerable<string> Evidence(JsonElement qa)
    {
        if (!qa.TryGetProperty("evidence", out var list))
        {
            return [];
        }

        var texts = list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(e => e.ToString()) : [list.ToString()];
        return texts.SelectMany(t => t.Split([' ', ';', ',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct();
    }

    private static string Label(JsonElement qa) => qa.TryGetProperty("category", out var label) ? label.ToString() : "–";

    private static string? Text(JsonElement e, string name) => e.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;

    [GeneratedRegex(@"^session_(\d+)$")]
    private static partial Regex SessionName();
}
