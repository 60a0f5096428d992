using System.Globalization;
using System.Text;
using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class VectorNumbersTests
{
    public static TheoryData<string> Separators => [",", ", ", ",\n        ", ",\n       ", " ,\t", ",   "];

    [Fact]
    public void Every_number_is_read_to_the_bit_that_the_framework_reads()
    {
        foreach (var text in Numbers())
        {
            var numbers = new float[1];
            Assert.Equal(text.Length + 1, VectorNumbers.Read(Encoding.ASCII.GetBytes($" {text}]"), ref numbers, out var count));
            Assert.Equal(1, count);
            Assert.True(BitConverter.SingleToInt32Bits(float.Parse(text, CultureInfo.InvariantCulture)) == BitConverter.SingleToInt32Bits(numbers[0]), text);
        }
    }

    [Theory]
    [MemberData(nameof(Separators))]
    public void Numbers_that_follow_each_other_are_read_to_the_bit_however_they_are_set_apart(string separator)
    {
        string[] texts = [.. Numbers()];
        var numbers = new float[16];

        var json = Encoding.ASCII.GetBytes($"{string.Join(separator, texts)}\n      ], and so on, and so on, and so on, and so on, and so on, and so on, and so on");
        var end = VectorNumbers.Read(json, ref numbers, out var count);

        Assert.Equal(']', (char)json[end]);
        Assert.Equal(texts.Length, count);
        for (var i = 0; i < count; i++)
        {
            Assert.True(BitConverter.SingleToInt32Bits(float.Parse(texts[i], CultureInfo.InvariantCulture)) == BitConverter.SingleToInt32Bits(numbers[i]), texts[i]);
        }
    }

    [Theory]
    [InlineData("]", 0, 0)]
    [InlineData(" 1 , 2\n]", 7, 2)]
    [InlineData("1,2,3,4,5]", 9, 5)]
    [InlineData("", VectorNumbers.Incomplete, 0)]
    [InlineData("1", VectorNumbers.Incomplete, 0)]
    [InlineData("1.", VectorNumbers.Incomplete, 0)]
    [InlineData("1e-", VectorNumbers.Incomplete, 0)]
    [InlineData("-", VectorNumbers.Incomplete, 0)]
    [InlineData("1,", VectorNumbers.Incomplete, 1)]
    [InlineData("1 ", VectorNumbers.Incomplete, 1)]
    [InlineData("01]", VectorNumbers.Odd, 0)]
    [InlineData("+1]", VectorNumbers.Odd, 0)]
    [InlineData(".5]", VectorNumbers.Odd, 0)]
    [InlineData("1.]", VectorNumbers.Odd, 0)]
    [InlineData("1e]", VectorNumbers.Odd, 0)]
    [InlineData("1,]", VectorNumbers.Odd, 1)]
    [InlineData("1 2]", VectorNumbers.Odd, 1)]
    [InlineData("NaN]", VectorNumbers.Odd, 0)]
    [InlineData("1e39]", VectorNumbers.Odd, 0)]
    [InlineData("[1]]", VectorNumbers.Odd, 0)]
    [InlineData("\"1\"]", VectorNumbers.Odd, 0)]
    public void Only_what_JSON_calls_a_number_is_one(string text, int end, int count)
    {
        var numbers = new float[2];

        Assert.Equal(end, VectorNumbers.Read(Encoding.ASCII.GetBytes(text), ref numbers, out var read));
        Assert.Equal(count, read);
    }

    private static IEnumerable<string> Numbers()
    {
        var random = new Random(5);
        List<string> texts =
        [
            "0", "-0", "-0.0", "0.0", "0e5", "1e-45", "1.4e-45", "3.4028235e38", "16777217", "16777217.0000000000001", "0.1000000000000000055511151231257827",
            "0.000000000000000000", "0.00000000000000000000000000001", "-0.000000000001", "0.99999999999999999999999999", "0.999999999999999999", "0.5", "0.1e1", "0.25E-2",
        ];
        for (var i = 0; i < 200_000; i++)
        {
            // Doubles as Python writes them, floats, numbers in the middle between two floats and a little off it, digits at random.
            var single = random.Next(2) == 0 ? BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)) : (random.NextSingle() - 0.5f) * 0.2f;
            var middle = ((double)single + BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(single) + 1)) / 2;
            texts.Add(random.Next(8) switch
            {
                0 => ((random.NextDouble() - 0.5) * 0.1).ToString(random.Next(3) == 0 ? "E16" : "R", CultureInfo.InvariantCulture),
                1 => single.ToString("R", CultureInfo.InvariantCulture),
                2 => middle.ToString(random.Next(3) == 0 ? "E16" : "R", CultureInfo.InvariantCulture),
                3 => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(middle) + random.Next(-6, 7)).ToString("R", CultureInfo.InvariantCulture),
                4 => (Math.Pow(10, random.Next(-50, 38)) * random.NextDouble()).ToString("R", CultureInfo.InvariantCulture),
                5 => middle.ToString($"F{random.Next(1, 30)}", CultureInfo.InvariantCulture),
                6 => $"{(random.Next(2) == 0 ? "-" : "")}0.{new string('0', random.Next(8))}{random.NextInt64()}",
                _ => random.NextInt64().ToString(CultureInfo.InvariantCulture),
            });
        }

        return texts.Where(t => float.TryParse(t, CultureInfo.InvariantCulture, out var f) && float.IsFinite(f));
    }
}
