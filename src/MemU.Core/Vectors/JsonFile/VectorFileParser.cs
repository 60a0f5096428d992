using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>
/// Reads a vector file piece by piece, so that a file of any size needs little memory. Strict where a slip could lose or mix up memories, lenient with what
/// other versions may add.
/// </summary>
/// <param name="sink">Gets the entries.</param>
/// <param name="isFast">
/// True to pass over the numbers of vectors, and to stop before an entry that is not whole. Then the place of malformed JSON is not known; reading again slowly tells it.
/// </param>
internal sealed class VectorFileParser(IVectorFileSink sink, bool isFast = false)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    private readonly HashSet<string> members = new(StringComparer.Ordinal);
    private readonly SnapshotCollection[] collections = [.. SnapshotStructure.Empty.Collections];
    private readonly VectorFileEntryReader entry = new();
    private JsonReaderState state = new(Options);
    private string memberName = string.Empty;
    private long count;
    private long end;
    private long position;
    private Place place = Place.Start;

    private enum Place
    {
        /// <summary>Before the outermost object.</summary>
        Start,

        /// <summary>Between members of the outermost object.</summary>
        Top,

        /// <summary>After the name of a collection.</summary>
        CollectionValue,

        /// <summary>After the name of something that is kept as it is.</summary>
        UnknownValue,

        /// <summary>Between entries.</summary>
        Collection,

        /// <summary>In an entry.</summary>
        Entry,

        /// <summary>After the outermost object.</summary>
        End,
    }

    /// <summary>Where the braces stand, once everything was read.</summary>
    public SnapshotStructure Structure => new(end, members.Count, collections);

    /// <summary>Reads on.</summary>
    /// <param name="bytes">The bytes from where the last call stopped.</param>
    /// <param name="isLast">True when the file ends with them.</param>
    /// <returns>How many bytes were used up.</returns>
    /// <exception cref="VectorFileDamage">The file is damaged.</exception>
    public int Read(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var reader = new Utf8JsonReader(bytes, isLast, state);
        var (start, whole) = (position, (State: state, Position: position));
        try
        {
            while (true)
            {
                if (place == Place.Collection)
                {
                    whole = (reader.CurrentState, position + reader.BytesConsumed);
                }

                if (!reader.Read())
                {
                    break;
                }

                OnToken(ref reader);
                if (isFast && place == Place.Entry && entry.IsAtNumbers && !PassOver(bytes, start, isLast, ref reader))
                {
                    break;
                }
            }
        }
        catch (JsonException e)
        {
            throw new VectorFileDamage("well-formed JSON up to the end of the outermost object, and nothing after it", e.BytePositionInLine ?? 0, e.LineNumber + 1, e);
        }

        if (isFast && place == Place.Entry)
        {
            // From its name on, once more, when there is more of it.
            (place, state, position) = (Place.Collection, whole.State, whole.Position);
        }
        else
        {
            (state, position) = (reader.CurrentState, position + reader.BytesConsumed);
        }

        return (int)(position - start);
    }

    /// <summary>Goes on at the closing bracket of a vector; false when it does not stand in the bytes.</summary>
    private bool PassOver(ReadOnlySpan<byte> bytes, long start, bool isLast, ref Utf8JsonReader reader)
    {
        var at = position + reader.BytesConsumed;
        var rest = bytes[(int)(at - start)..];
        var end = rest.IndexOf((byte)']');
        if (end < 0)
        {
            return isLast;
        }

        entry.PassOver(new ByteRange(at, end + 1));
        reader = new Utf8JsonReader(rest[end..], isLast, reader.CurrentState);
        position = at + end;
        return true;
    }

    /// <summary>The text of a string token, or null when it is no valid Unicode text (Python can write half a character).</summary>
    public static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text of a string token; its escaped form when it is no valid Unicode text.</summary>
    public static string NameOf(ref Utf8JsonReader reader) => TextOf(ref reader) ?? Encoding.UTF8.GetString(reader.ValueSpan);

    private void OnToken(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !Utf8.IsValid(reader.ValueSpan))
        {
            throw Damage("valid UTF-8", ref reader);
        }

        switch (place)
        {
            case Place.Start:
                Expect(JsonTokenType.StartObject, "an object with one member for each collection", ref reader);
                place = Place.Top;
                break;
            case Place.Top:
                OnMember(ref reader);
                break;
            case Place.CollectionValue:
                Expect(JsonTokenType.StartObject, "an object with one member for each entry of the collection", ref reader);
                place = Place.Collection;
                break;
            case Place.UnknownValue when reader.CurrentDepth == 1 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray):
                place = Place.Top;
                break;
            case Place.Collection:
                OnEntry(ref reader);
                break;
            case Place.Entry:
                if (entry.Read(ref reader, position))
                {
                    OnWhole(entry.Entry!);
                }

                break;
        }
    }

    private void OnMember(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            (place, end) = (Place.End, position + reader.TokenStartIndex);
            return;
        }

        memberName = NameOf(ref reader);
        if (!members.Add(memberName))
        {
            throw Damage("another name: there is a member of this name already", ref reader);
        }

        if (!VectorCollections.All.Contains(memberName))
        {
            place = Place.UnknownValue;
            return;
        }

        count = 0;
        place = Place.CollectionValue;
    }

    private void OnEntry(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            collections[CollectionNumbers.Of(memberName)] = new SnapshotCollection(position + reader.TokenStartIndex, count);
            place = Place.Top;
            return;
        }

        entry.Begin(memberName, NameOf(ref reader), TextOf(ref reader) is not null, position + reader.TokenStartIndex);
        place = Place.Entry;
    }

    private void OnWhole(VectorFileEntry whole)
    {
        if (!sink.Take(whole, entry.Vector))
        {
            throw new VectorFileDamage("another id: there is an entry of this id already", whole.Raw.Start);
        }

        count++;
        place = Place.Collection;
    }

    private void Expect(JsonTokenType type, string what, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != type)
        {
            throw Damage(what, ref reader);
        }
    }

    private VectorFileDamage Damage(string expected, ref Utf8JsonReader reader) => new(expected, position + reader.TokenStartIndex);
}
