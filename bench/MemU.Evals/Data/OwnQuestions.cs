using System.Text.Json;

namespace MemU.Evals.Data;

/// <summary>
/// Questions of our own about the personas of RealMemBench that are public here, 110 for each: what somebody asks an assistant months later, in words of his own. They name the
/// sessions and turns of the file by their numbers, from 1.
/// </summary>
internal static class OwnQuestions
{
    /// <summary>Those about one persona; none where there are none about it.</summary>
    /// <param name="persona">The number of its file in the order of names, from 1.</param>
    /// <param name="sittings">What was said, each turn in its place.</param>
    public static IEnumerable<AskedQuestion> About(int persona, IReadOnlyList<Sitting> sittings)
    {
        using var file = typeof(OwnQuestions).Assembly.GetManifestResourceStream(FormattableString.Invariant($"persona-{persona}.json"));
        if (file is null)
        {
            return [];
        }

        using var json = JsonDocument.Parse(file);
        return
        [
            .. json.RootElement.EnumerateArray().Select(q => new AskedQuestion(
                q.GetProperty("question").GetString()!, q.GetProperty("category").GetString()!,
                q.GetProperty("evidence").EnumerateArray().Select(e => TurnAt(e.GetString()!, sittings)).ToHashSet(StringComparer.Ordinal), sittings.Count, sittings[^1].Time)),
        ];
    }

    private static string TurnAt(string place, IReadOnlyList<Sitting> sittings)
    {
        var numbers = place.Split(':').Select(n => int.Parse(n, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return numbers is [var sitting, var turn] && sitting <= sittings.Count && turn <= sittings[sitting - 1].Turns.Count
            ? sittings[sitting - 1].Turns[turn - 1].Id
            : throw new InvalidDataException($"A question of our own names the turn '{place}', which the data does not have: it was written for another version of the data.");
    }
}
