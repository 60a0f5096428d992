using System.Globalization;
using System.Text;
using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class VectorNumbersTests
{
    [Fact]
    public void Every_number_is_read_to_the_bit_that_the_framework_reads()
    {
        var random = new Random(5);
        List<string> texts = ["0", "-0", "-0.0", "0e5", "1e-45", "1.4e-45", "3.4028235e38", "16777217", "16777217.0000000000001", "0.1000000000000000055511151231257827", "000001"[5..]];
        for (var i = 0; i < 200_000; i++)
        {
            // Doubles as Python writes them, floats, numbers in the middle between two floats and a little off it, digits at random.
            var single = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            var middle = ((double)single + BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(single) + 1)) / 2;
            texts.Add((random.Next(6) switch
            {
                0 => (random.NextDouble() - 0.5) * 0.1,
                1 => single,
                2 => middle,
                3 => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(middle) + random.Next(-6, 7)),
                4 => Math.Pow(10, random.Next(-50, 38)) * random.NextDouble(),
                _ => random.NextInt64(),
            }).ToString(random.Next(3) == 0 ? "E16" : "R", CultureInfo.InvariantCulture));
        }

        foreach (var text in texts.Where(t => float.TryParse(t, CultureInfo.InvariantCulture, out var f) && float.IsFinite(f)))
        {
            var numbers = new float[1];
            Assert.Equal(text.Length + 1, VectorNumbers.Read(Encoding.ASCII.GetBytes($" {text}]"), ref numbers, out var count));
            Assert.Equal(1, count);
            Assert.True(BitConverter.SingleToInt32Bits(float.Parse(text, CultureInfo.InvariantCulture)) == BitConverter.SingleToInt32Bits(numbers[0]), text);
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
}
