using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MemU.Reasoning.Llm;

/// <summary>
/// Reads one JSON value as models write them: comments, trailing and missing commas, single quotes, bare keys, line breaks and unescaped
/// quotes inside strings, and text that ends too early. From a list that was cut short the complete leading elements are kept.
/// </summary>
internal sealed class JsonScanner(string text, int start)
{
    private const int MaxDepth = 64;

    private int position = start;

    private enum Outcome
    {
        Complete,
        CutShort,
        Bad,
    }

    /// <summary>Where reading stopped.</summary>
    public int Position => position;

    /// <summary>True when the text ended inside the value.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Reads the object or array that starts here; null when it is neither.</summary>
    public JsonNode? ReadContainer()
    {
        var outcome = Value(0, out var node);
        return outcome == Outcome.Bad || node is not (JsonObject or JsonArray) ? null : node;
    }

    private Outcome Value(int depth, out JsonNode? node)
    {
        node = null;
        SkipBlanks();
        if (position >= text.Length)
        {
            return Ended();
        }

        switch (text[position])
        {
            case '{' when depth < MaxDepth:
                return Object(depth, out node);
            case '[' when depth < MaxDepth:
                return Array(depth, out node);
            case '"' or '\'':
                if (String() is not { } s)
                {
                    return Ended();
                }

                node = JsonValue.Create(s);
                return Outcome.Complete;
            default:
                return Word(out node);
        }
    }

    private Outcome Object(int depth, out JsonNode? node)
    {
        var result = new JsonObject();
        node = result;
        position++;
        while (true)
        {
            SkipBlanksAndCommas();
            if (position >= text.Length)
            {
                return Ended();
            }

            if (text[position] == '}')
            {
                position++;
                return Outcome.Complete;
            }

            var key = text[position] is '"' or '\'' ? String() : BareKey();
            SkipBlanks();
            if (key is null || position >= text.Length)
            {
                return key is { Length: 0 } ? Outcome.Bad : Ended();
            }

            if (key.Length == 0 || text[position] != ':')
            {
                return Outcome.Bad;
            }

            position++;
            var outcome = Value(depth + 1, out var value);
            if (outcome == Outcome.Bad)
            {
                return Outcome.Bad;
            }

            if (outcome == Outcome.Complete || value is JsonObject or JsonArray)
            {
                result[key] = value;
            }

            if (outcome == Outcome.CutShort)
            {
                return Outcome.CutShort;
            }
        }
    }

    private Outcome Array(int depth, out JsonNode? node)
    {
        var result = new JsonArray();
        node = result;
        position++;
        while (true)
        {
            SkipBlanksAndCommas();
            if (position >= text.Length)
            {
                return Ended();
            }

            if (text[position] == ']')
            {
                position++;
                return Outcome.Complete;
            }

            var outcome = Value(depth + 1, out var value);
            if (outcome != Outcome.Complete)
            {
                return outcome;
            }

            result.Add(value);
        }
    }

    // Null when the text ends before the string does.
    private string? String()
    {
        var quote = text[position++];
        var value = new StringBuilder();
        while (position < text.Length)
        {
            var c = text[position++];
            if (c == '\\' && position < text.Length)
            {
                Escape(value);
            }
            else if (c == quote && Closes())
            {
                return WellFormed(value);
            }
            else if (c != '\0')
            {
                value.Append(c);
            }
        }

        return null;
    }

    private void Escape(StringBuilder value)
    {
        var c = text[position++];
        if (c == 'u' && position + 4 <= text.Length
            && ushort.TryParse(text.AsSpan(position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            position += 4;
            if (code != 0)
            {
                value.Append((char)code);
            }

            return;
        }

        value.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => c });
    }

    // A quote ends a string when what follows can follow a string; else it is one that the model forgot to escape.
    private bool Closes()
    {
        var next = position;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
        {
            if (text[next] == '\n')
            {
                return true;
            }

            next++;
        }

        return next >= text.Length || text[next] is ',' or '}' or ']' or ':' || (text[next] == '/' && next + 1 < text.Length && text[next + 1] is '/' or '*');
    }

    private string BareKey()
    {
        var from = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '-' or '$'))
        {
            position++;
        }

        return text[from..position];
    }

    private Outcome Word(out JsonNode? node)
    {
        node = null;
        var from = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '+' or '-' or '.' or '_'))
        {
            position++;
        }

        var word = text[from..position];
        if (position >= text.Length)
        {
            return word.All(c => char.IsDigit(c) || c is '-' or '.') || "true false null".Contains(word, StringComparison.OrdinalIgnoreCase) ? Ended() : Outcome.Bad;
        }

        switch (word.ToLowerInvariant())
        {
            case "true":
                node = JsonValue.Create(true);
                return Outcome.Complete;
            case "false":
                node = JsonValue.Create(false);
                return Outcome.Complete;
            case "null" or "none" or "nan" or "undefined":
                return Outcome.Complete;
        }

        if (decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            node = JsonValue.Create(number);
            return Outcome.Complete;
        }

        // A number too large to hold says nothing here; any other word is no JSON.
        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? Outcome.Complete : Outcome.Bad;
    }

    private Outcome Ended()
    {
        IsTruncated = true;
        return Outcome.CutShort;
    }

    private void SkipBlanksAndCommas()
    {
        SkipBlanks();
        while (position < text.Length && text[position] == ',')
        {
            position++;
            SkipBlanks();
        }
    }

    private void SkipBlanks()
    {
        while (position < text.Length)
        {
            var c = text[position];
            if (char.IsWhiteSpace(c) || c == '\uFEFF')
            {
                position++;
            }
            else if (c == '/' && position + 1 < text.Length && text[position + 1] is '/' or '*')
            {
                SkipComment();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipComment()
    {
        var end = text[position + 1] == '/'
            ? text.IndexOf('\n', position)
            : text.IndexOf("*/", position + 2, StringComparison.Ordinal);
        position = end < 0 ? text.Length : end + (text[position + 1] == '/' ? 1 : 2);
    }

    // A half of a surrogate pair cannot be stored; it becomes the replacement character.
    private static string WellFormed(StringBuilder value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
            {
                continue;
            }

            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else
            {
                value[i] = '\uFFFD';
            }
        }

        return value.ToString();
    }
}
