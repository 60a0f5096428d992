using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MemU.Evals.Data;

/// <summary>
/// Reads JSON as data sets have it: a byte order mark, several values one after the other (JSON Lines), and escaped halves of surrogate pairs, which no text may hold and which become U+FFFD.
/// </summary>
internal static partial class TolerantJson
{
    /// <exception cref="EvalDataException">The file is no JSON.</exception>
    public static IReadOnlyList<JsonElement> Read(string file)
    {
        var json = Encoding.UTF8.GetBytes(Escapes().Replace(File.ReadAllText(file), m => m.Groups["half"].Success ? @"\ufffd" : m.Value));
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { AllowMultipleValues = true });
        var values = new List<JsonElement>();
        try
        {
            while (reader.Read())
            {
                values.Add(JsonElement.ParseValue(ref reader));
            }
        }
        catch (JsonException e)
        {
            throw new EvalDataException($"'{file}' is no JSON: {e.Message}", e);
        }

        return values;
    }

    // Every escape is taken, so that the second half of "\\" never begins one.
    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Escapes();
}
