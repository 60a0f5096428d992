using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MemU.Evals.Data;

/// <summary>
/// Reads the layout of LoCoMo: a list of {sample_id, conversation{session_k, session_k_date_time}, qa[]}, or one such object, or one a line. Any number of
/// conversations, any category labels, ids of any shape; whatever is missing is done without. What cannot be asked or scored is counted and left out.
/// </summary>
internal static partial class LocomoFile
{
    /// <exception cref="EvalDataException">The file is no JSON, or not in this layout.</exception>
    public static DataSet Read(string file)
    {
        var (talks, left, leftEvidence, dateless) = (new List<Talk>(), 0, 0, 0);
        foreach (var sample in TolerantJson.Read(file).SelectMany(v => v.ValueKind == JsonValueKind.Array ? v.EnumerateArray().ToArray() : [v]))
        {
            if (sample.ValueKind != JsonValueKind.Object)
            {
                throw new EvalDataException($"'{file}', conversation {talks.Count + 1} is a {sample.ValueKind}, no object. The layout is [{{\"conversation\": {{\"session_1\": […]}}, \"qa\": […]}}].");
            }

            var names = new TurnNames();
            var sittings = Sittings(Part(sample, "conversation", JsonValueKind.Object) ?? sample, names).Where(s => s.Turns.Count > 0).ToList();
            dateless += sittings.Count(s => s.Time is null);
            var askedAt = sittings.Max(s => s.Time);
            var questions = new List<AskedQuestion>();
            foreach (var qa in Part(sample, "qa", JsonValueKind.Array)?.EnumerateArray() ?? default)
            {
                var (evidence, lost) = names.Resolve(Value(qa, "evidence"));
                leftEvidence += lost;
                if (Text(qa, "question") is { } question && !string.IsNullOrWhiteSpace(question) && evidence.Count > 0)
                {
                    questions.Add(new AskedQuestion(question, Text(qa, "category") ?? "–", evidence, sittings.Count, askedAt));
                }
                else
                {
                    left++;
                }
            }

            talks.Add(new Talk(Text(sample, "sample_id") ?? $"#{talks.Count + 1}", sittings, questions));
        }

        if (talks.TrueForAll(t => t.Turns == 0))
        {
            throw new EvalDataException($"'{file}' has no turns. They are looked for in \"conversation\" of each object, in lists named session_1, session_2, …");
        }

        return new DataSet(talks) { QuestionsLeftOut = left, EvidenceLeftOut = leftEvidence, SittingsWithoutDate = dateless, Hash = DataHash.Of([file]) };
    }

    private static IEnumerable<Sitting> Sittings(JsonElement conversation, TurnNames names) =>
        conversation.EnumerateObject()
            .Select(p => (Property: p, Match: SessionName().Match(p.Name)))
            .Where(p => p.Match.Success && p.Property.Value.ValueKind == JsonValueKind.Array)
            .OrderBy(p => BigInteger.Parse(p.Match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture))
            .Select(p => new Sitting(
                p.Property.Name, SittingTime.Parse(Text(conversation, p.Property.Name + "_date_time")), [.. Turns(p.Property.Value, p.Match.Groups[1].Value, names)]));

    private static IEnumerable<Turn> Turns(JsonElement turns, string session, TurnNames names)
    {
        foreach (var (place, turn) in turns.EnumerateArray().Index())
        {
            var text = turn.ValueKind == JsonValueKind.String ? turn.ToString() : Text(turn, "text") ?? Text(turn, "clean_text") ?? Text(turn, "content") ?? "";
            var picture = Text(turn, "blip_caption");
            var whole = picture is null ? text : $"{text}\n[image: {picture}]";
            if (!string.IsNullOrWhiteSpace(whole))
            {
                var id = names.Add(Text(turn, "dia_id") ?? Text(turn, "id"), session, place + 1);
                yield return new Turn(id, Text(turn, "speaker") ?? Text(turn, "role") ?? "user", whole);
            }
        }
    }

    private static JsonElement? Part(JsonElement e, string name, JsonValueKind kind) => Value(e, name) is var value && value.ValueKind == kind ? value : null;

    private static JsonElement Value(JsonElement e, string name) => e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var value) ? value : default;

    /// <summary>Null when there is none, or nothing in it.</summary>
    private static string? Text(JsonElement e, string name) =>
        Value(e, name) is var value && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) && value.ToString() is { Length: > 0 } text ? text : null;

    [GeneratedRegex(@"^session_(\d+)$", RegexOptions.ECMAScript)]
    private static partial Regex SessionName();
}
