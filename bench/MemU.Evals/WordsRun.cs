using System.Globalization;
using System.Numerics.Tensors;
using System.Text.RegularExpressions;
using MemU.LocalEmbeddings;
using MemU.Text;

namespace MemU.Evals;

/// <summary>
/// Makes the table of related words that comes with the library: the words that the vocabulary of all-MiniLM-L6-v2 has whole, each embedded alone; less the mean of all; those of one term
/// together, the more frequent counting more; and for each term the others with the highest cosine.
/// </summary>
internal static partial class WordsRun
{
    private const int Most = 16;
    private const double Floor = 0.35;
    private const int Batch = 256;

    public static async Task<string> RunAsync(string path, CancellationToken cancellationToken)
    {
        using var model = PackagedModel.MiniLM.Load();
        var words = PackagedModel.MiniLM.Vocabulary().Where(w => w.Length > 1 && w.All(char.IsAsciiLetterLower) && !StopWords.Contains(w)).ToList();
        var vectors = new List<float[]>(words.Count);
        foreach (var batch in words.Chunk(Batch))
        {
            vectors.AddRange((await model.GenerateAsync(batch, cancellationToken: cancellationToken)).Select(e => e.Vector.ToArray()));
        }

        Center(vectors);
        var terms = words.Zip(vectors).Where(w => !IsInRow(w.First)).GroupBy(w => TextAnalyzer.Stem(w.First), w => w.Second, StringComparer.Ordinal).Select(g => (Term: g.Key, Vector: Together([.. g]))).ToList();
        var rows = terms.ToDictionary(t => t.Term, t => Nearest(t, terms), StringComparer.Ordinal);
        var table = RelatedTable.Write(rows);
        await File.WriteAllBytesAsync(path, table, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{words.Count} words, {rows.Count} terms, {rows.Values.Sum(r => r.Count)} related, {table.Length} bytes: {path}");
    }

    /// <summary>What all words have in common says nothing of any.</summary>
    private static void Center(List<float[]> vectors)
    {
        var mean = new float[vectors[0].Length];
        vectors.ForEach(v => TensorPrimitives.Add(mean, v, mean));
        TensorPrimitives.Divide(mean, vectors.Count, mean);
        foreach (var vector in vectors)
        {
            TensorPrimitives.Subtract(vector, mean, vector);
            Normalize(vector);
        }
    }

    /// <summary>A number, a day or a month: the next one is as like it as can be, and another answer.</summary>
    private static bool IsInRow(string word) => char.IsAsciiDigit(TextAnalyzer.Stem(word)[0]) || DaysAndMonths().IsMatch(word);

    private static float[] Together(float[][] ofTerm)
    {
        var sum = new float[ofTerm[0].Length];
        foreach (var (place, vector) in ofTerm.Index())
        {
            TensorPrimitives.MultiplyAdd(vector, 1f / (place + 1), sum, sum);
        }

        Normalize(sum);
        return sum;
    }

    private static void Normalize(float[] vector) => TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);

    [GeneratedRegex($"^(?:{CalendarWords.MonthPattern}|{CalendarWords.WeekdayPattern})s?$", RegexOptions.CultureInvariant)]
    private static partial Regex DaysAndMonths();

    private static IReadOnlyList<(string Term, double Nearness)> Nearest((string Term, float[] Vector) one, List<(string Term, float[] Vector)> terms) =>
    [
        .. terms.Where(t => t.Term != one.Term).Select(t => (t.Term, Nearness: (TensorPrimitives.Dot<float>(t.Vector, one.Vector) - Floor) / (1 - Floor)))
            .Where(t => t.Nearness > 0).OrderByDescending(t => t.Nearness).ThenBy(t => t.Term, StringComparer.Ordinal).Take(Most),
    ];
}
