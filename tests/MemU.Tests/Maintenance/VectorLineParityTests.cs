using System.Text;
using MemU.Contracts;
using MemU.Maintenance;

namespace MemU.Tests.Maintenance;

/// <summary>Whatever is done to the line of a vector: what the short way takes is what the reader of every line takes, and as that reads it.</summary>
public sealed class VectorLineParityTests
{
    private static readonly string[] Collections = ["\"items\"", "\"passages\"", "\"other\"", "\"\"", "null", "\"it\\u0065ms\"", "\"模\""];
    private static readonly string[] Ids = ["\"x\"", "\"0198f1c1-0000\"", "\"\"", "\" \"", "\"模\"", "null", "5", $"\"{new string('i', 255)}\"", $"\"{new string('i', 256)}\""];
    private static readonly string[] Words = ["\"m\"", "\"another\"", "null", "\"\"", "\"茶 & co\"", "\"a\\nb\"", "\"\\ud800\"", "7", "[]", "\"\ufeff\""];

    private static readonly string[] Vectors =
    [
        "\"AACAPwAAAMA=\"", "\"AACAPw==\"", "\"AADAfw==\"", "\"AACAfw==\"", "\"AACA/w==\"", "\"AACA\\/w==\"", "\"\"", "\"=\"", "\"==\"", "\"AAAA\"", "\"AACAPw\"", "\"AACAPx==\"", "\"AAC APw==\"",
        "\"AACAPw== \"", "\" AAC APw = =\"", "\"AACAP\\u0077==\"", "\"AACA_w==\"", "\"AACA\\r\\nPw==\"", "null", "[1,2.5]", "[1e39]", "[]", "[\"1\"]", "{}", "\"AACAPwAAAMAAAABA\"",
    ];

    private static readonly string[] Names = ["\"collection\"", "\"id\"", "\"model\"", "\"text\"", "\"vector\""];
    private static readonly string[] Pieces = [" ", "\t", "\r", "\r\n", "\\", "\"", "=", "A", "{", "}", ",", ":", "/", "\0", "\u0085", "[", "null", "//", "\"more\":1,"];

    [Fact]
    public void What_is_taken_is_what_the_other_reader_takes()
    {
        var random = new Random(24);
        string? lastModel = null;
        var (taken, refused, left) = (0, 0, 0);
        for (var n = 0; n < 60_000; n++)
        {
            var json = Line(random);
            var other = Other(json);
            if (VectorLine.TryOf(json, out var line) && line.HoldsNumbers())
            {
                taken++;
                var read = line.Read(ref lastModel)!;
                Assert.True(other is not null, $"Only the short way takes {Encoding.UTF8.GetString(json)}");
                Assert.Equal((other.Collection, other.Id, other.Model, other.Text), (read.Collection, read.Id, read.Model, read.Text));
                Assert.Equal(other.Vector, read.Vector);
            }
            else if (other is null)
            {
                refused++;
            }
            else
            {
                left++;
            }
        }

        // Each of the three happens, and not by chance.
        Assert.All([taken, refused, left], count => Assert.InRange(count, 2_000, 50_000));
    }

    private static VectorJson? Other(byte[] json)
    {
        try
        {
            return ExportRecords.Read(ExportLine.Of(1, json)) as VectorJson;
        }
        catch (MemUException)
        {
            return null;
        }
    }

    private static byte[] Line(Random random)
    {
        // Mostly the first of each: a line that is wrong in everything says little.
        string Of(string[] values) => values[random.Next(4) > 0 ? random.Next(2) : random.Next(values.Length)];
        string[] values = [Of(Collections), Of(Ids), Of(Words), Of(Words), Of(Vectors)];
        var fields = Names.Zip(values, (name, value) => $"{name}:{value}").ToList();
        switch (random.Next(12))
        {
            case 0:
                fields.RemoveAt(random.Next(fields.Count));
                break;
            case 1:
                fields.Insert(random.Next(fields.Count), fields[random.Next(fields.Count)]);
                break;
            case 2:
                (fields[0], fields[^1]) = (fields[^1], fields[0]);
                break;
        }

        var json = $"{{\"type\":\"vector\",{string.Join(',', fields)}}}";
        for (var edits = random.Next(4); edits > 1; edits--)
        {
            json = json.Insert(random.Next(json.Length + 1), Pieces[random.Next(Pieces.Length)]);
        }

        var bytes = Encoding.UTF8.GetBytes(json);
        switch (random.Next(10))
        {
            case 0:
                return bytes[..random.Next(1, bytes.Length)];
            case 1:
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                break;
        }

        return bytes;
    }
}
