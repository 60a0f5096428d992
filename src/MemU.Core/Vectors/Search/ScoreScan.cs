using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemU.Vectors;

/// <summary>Looks through scores for the few that count.</summary>
internal static class ScoreScan
{
    /// <summary>Rows whose scores are looked through together.</summary>
    public const int Block = 64;

    /// <summary>Multiplies each score by the scale of its row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale(Span<float> scores, ReadOnlySpan<float> scales)
    {
        var i = 0;
        for (; i + Vector256<float>.Count <= scores.Length; i += Vector256<float>.Count)
        {
            (Vector256.Create<float>(scores[i..]) * Vector256.Create(scales[i..])).CopyTo(scores[i..]);
        }

        for (; i < scores.Length; i++)
        {
            scores[i] *= scales[i];
        }
    }

    /// <summary>The place of the next score that is not below the floor, also when it is not a number; the number of scores when there is none.</summary>
    // Part of the scans, which are compiled at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
