using System.Text.Json;
using System.Text.Unicode;

namespace MemU.Maintenance;

/// <summary>One line of an export.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Type">One of <see cref="RecordTypes"/>, or what a later version may write.</param>
/// <param name="Json">The whole line; valid while its chunk is.</param>
internal readonly record struct ExportLine(long Number, string Type, ReadOnlyMemory<byte> Json)
{
    /// <summary>Reads of what type a line is.</summary>
    /// <exception cref="MemUException">It is not a JSON object with a type.</exception>
    public static ExportLine Of(long number, ReadOnlyMemory<byte> json) => new(number, TypeOf(json.Span, number), json);

    /// <summary>The error for a line.</summary>
    public static MemUException Damaged(long number, string what) =>
        new($"The export is damaged in line {number}: {what}. Nothing was imported. Export again, or use another copy of the file.");

    /// <summary>The error for this line.</summary>
    public MemUException Damaged(string what) => Damaged(Number, what);

    private static string TypeOf(ReadOnlySpan<byte> json, long number)
    {
        if (!Utf8.IsValid(json))
        {
            throw Damaged(number, "it is not UTF-8 text");
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var isType = reader.ValueTextEquals("type"u8);
                    reader.Read();
                    if (isType && reader.TokenType == JsonTokenType.String)
                    {
                        return reader.GetString()!;
                    }

                    reader.Skip();
                }
            }
        }
        catch (JsonException e)
        {
            throw Damaged(number, $"it is not JSON (byte {e.BytePositionInLine})");
        }
        catch (InvalidOperationException)
        {
            // That of the reader for an escaped half of a character.
            throw Damaged(number, "it holds half of a character");
        }

        throw Damaged(number, "it is not a JSON object with a 'type'");
    }
}
