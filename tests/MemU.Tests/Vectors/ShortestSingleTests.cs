using System.Globalization;
using System.Text;
using MemU.Vectors;

namespace MemU.Tests.Vectors;

/// <summary>Against the framework: the same characters, which its parser reads as the same bits. <c>MEMU_TEST_NUMBERS=100000000</c> tries so many more.</summary>
public sealed class ShortestSingleTests
{
    private static readonly uint[] Fractions = [0, 1, 2, 3, 0x2AAAAA, 0x3FFFFE, 0x3FFFFF, 0x400000, 0x400001, 0x555555, 0x7FFFFD, 0x7FFFFE, 0x7FFFFF];

    [Fact]
    public void Every_exponent_is_written_with_fractions_at_its_edges_and_each_single_bit()
    {
        for (var exponent = 0u; exponent < 255; exponent++)
        {
            foreach (var fraction in Fractions.Concat(Enumerable.Range(0, 23).Select(b => 1u << b)))
            {
                Check((exponent << 23) | fraction);
                Check(0x80000000 | (exponent << 23) | fraction);
            }
        }
    }

    [Fact]
    public void Whole_numbers_and_short_decimals_are_written_as_they_are_said()
    {
        for (var i = 0; i < 200_000; i++)
        {
            Check(BitConverter.SingleToUInt32Bits(i));
            Check(BitConverter.SingleToUInt32Bits(i * 1000f));
            Check(BitConverter.SingleToUInt32Bits(i / 1000f));
            Check(BitConverter.SingleToUInt32Bits(i * 1e-9f));
        }

        Assert.Equal(["0", "-0", "0.1", "-0.025", "1E-05", "0.0001", "16777216", "1E+09", "3.4028235E+38", "1E-45"], new[] { 0f, -0f, 0.1f, -0.025f, 1e-5f, 1e-4f, 16777216, 1e9f, float.MaxValue, float.Epsilon }.Select(Text));
    }

    [Fact]
    public void Powers_of_ten_and_their_neighbours_are_written()
    {
        for (var power = -45; power <= 38; power++)
        {
            var bits = BitConverter.SingleToUInt32Bits(float.Parse($"1e{power}", CultureInfo.InvariantCulture));
            for (var near = Math.Max(bits, 500) - 500; near < bits + 500; near++)
            {
                Check(near);
            }
        }
    }

    [Fact]
    public void Random_bits_are_written()
    {
        var random = new Random(7);
        var count = long.Parse(Environment.GetEnvironmentVariable("MEMU_TEST_NUMBERS") ?? "300000", CultureInfo.InvariantCulture);
        for (var i = 0L; i < count; i++)
        {
            Check((uint)random.NextInt64(1L << 32));
        }
    }

    private static void Check(uint bits)
    {
        var number = BitConverter.UInt32BitsToSingle(bits);
        if (!float.IsFinite(number))
        {
            return;
        }

        Span<byte> ours = stackalloc byte[ShortestSingle.MostCharacters];
        Span<byte> framework = stackalloc byte[32];
        var length = ShortestSingle.Write(number, ours);
        number.TryFormat(framework, out var expected, default, CultureInfo.InvariantCulture);
        if (!ours[..length].SequenceEqual(framework[..expected]) || BitConverter.SingleToUInt32Bits(float.Parse(ours[..length], CultureInfo.InvariantCulture)) != bits)
        {
            Assert.Fail($"{bits:X8} is written {Encoding.ASCII.GetString(ours[..length])}, by the framework {Encoding.ASCII.GetString(framework[..expected])}.");
        }
    }

    private static string Text(float number)
    {
        Span<byte> bytes = stackalloc byte[ShortestSingle.MostCharacters];
        return Encoding.ASCII.GetString(bytes[..ShortestSingle.Write(number, bytes)]);
    }
}
