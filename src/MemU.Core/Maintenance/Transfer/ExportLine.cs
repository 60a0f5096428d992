using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;

namespace MemU.Maintenance;

/// <summary>One line of an export.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Type">One of <see cref="RecordTypes"/>, or what a later version may write.</param>
/// <param name="Json">The whole line; valid until the next line is read.</param>
/// <param name="WasChecked">The file was read to its end before, and nothing was wrong with it.</param>
internal sealed record ExportLine(long Number, string Type, ReadOnlyMemory<byte> Json, bool WasChecked)
{
    /// <summary>What to do when a file is not what it was when it was checked.</summary>
    public const string HowToComplete = "Something wrote to the file while it was imported; what was stored until then stays. Import the whole file again to complete it.";

    /// <summary>All lines that are not blank.</summary>
    /// <exception cref="MemUException">A line is not a JSON object with a type.</exception>
    public static async IAsyncEnumerable<ExportLine> ReadAsync(Stream stream, bool wasChecked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0L;
        await foreach (var json in Utf8LineReader.ReadAsync(stream, cancellationToken))
        {
            number++;
            if (json.Span.ContainsAnyExcept(" \t"u8))
            {
                yield return new ExportLine(number, TypeOf(json.Span, number, wasChecked), json, wasChecked);
            }
        }
    }

    /// <summary>The error for this line.</summary>
    public MemUException Damaged(string what) => Damaged(Number, what, WasChecked);

    private static MemUException Damaged(long number, string what, bool wasChecked) =>
        new($"The export is damaged in line {number}: {what}. {(wasChecked ? HowToComplete : "Nothing was imported. Export again, or use another copy of the file.")}");

    private static string TypeOf(ReadOnlySpan<byte> json, long number, bool wasChecked)
    {
        if (!Utf8.IsValid(json))
        {
            throw Damaged(number, "it is not UTF-8 text", wasChecked);
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
            throw Damaged(number, $"it is not JSON (byte {e.BytePositionInLine})", wasChecked);
        }

        throw Damaged(number, "it is not a JSON object with a 'type'", wasChecked);
    }
}
