using System.Text.Json.Nodes;

namespace MemU.Reasoning.Llm;

/// <summary>Finds the JSON in a model's answer, whatever stands around it, and looks up what a task needs in it.</summary>
internal static class TolerantJson
{
    private const int MaxStarts = 64;

    /// <summary>All objects and arrays that stand in the text, in order; empty when there is none.</summary>
    public static TolerantAnswer Read(string text)
    {
        text = WithoutThoughts(text);
        var values = new List<JsonNode>();
        var truncated = false;
        var position = 0;
        for (var tries = 0; tries < MaxStarts; tries++)
        {
            var found = text.AsSpan(position).IndexOfAny('{', '[');
            if (found < 0)
            {
                break;
            }

            position += found;
            var scanner = new JsonScanner(text, position);
            if (scanner.ReadContainer() is { } node && !(scanner.IsTruncated && IsEmpty(node)))
            {
                values.Add(node);
                truncated |= scanner.IsTruncated;
                position = scanner.Position;
            }
            else
            {
                position++;
            }
        }

        return new TolerantAnswer(values, truncated);
    }

    // A bracket at the end of prose is no empty list.
    private static bool IsEmpty(JsonNode node) => node is JsonObject { Count: 0 } or JsonArray { Count: 0 };

    // Reasoning models may think aloud first, drafts included.
    private static string WithoutThoughts(string text)
    {
        const string Close = "</think>";
        var end = text.LastIndexOf(Close, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? text : text[(end + Close.Length)..];
    }
}
