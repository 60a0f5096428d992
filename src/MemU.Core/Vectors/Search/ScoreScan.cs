using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemU.Vectors;

/// <summary>Looks through scores for the few that count.</summary>
internal static class ScoreScan
{
    /// <summary>Rows whose scores are looked through together.</summary>
    public const int Block = 64;

    /// <summary>The place of the next score that is not below the floor, also when it is not a number; the number of scores when there is none.</summary>
    public static int Next(ReadOnlySpan<float> scores, int start, float floor)
    {
        ref var first = ref MemoryMarshal.GetReference(scores);
        var i = start;
        for (; i + Vector256<float>.Count <= scores.Length; i += Vector256<float>.Count)
        {
            var below = Vector256.LessThan(Vector256.LoadUnsafe(ref first, (nuint)i), Vector256.Create(floor)).ExtractMostSignificantBits();
            if (below != 0xFF)
            {
                return i + System.Numerics.BitOperations.TrailingZeroCount(~below);
            }
        }

        for (; i < scores.Length && scores[i] < floor; i++)
        {
        }

        return i;
    }
}
