using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemU.Vectors;

/// <summary>Looks through scores for the few that count.</summary>
internal static class ScoreScan
{
    /// <summary>Rounded rows whose scores are looked through together.</summary>
    public const int Block = 64;

    /// <summary>Rows whose scores are looked through together, at most.</summary>
    public const int Most = 4096;

    // A bound is worth looking for where it spares most of the scores.
    private const int ScoresPerPile = 8;
    private const int MostPiles = 512;

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

    /// <summary>
    /// A bound that so many of the scores reach at least; negative infinity when there is none that is found quickly. The scores are dealt to a few more piles than
    /// are wanted; the greatest of each are those many, and few others reach the least of the wanted ones among these.
    /// </summary>
    /// <param name="scores">The scores; those that are not a number are not looked at.</param>
    /// <param name="wanted">How many are wanted.</param>
    /// <param name="best">Finds the least of the wanted ones.</param>
    // Short beside a scan: a process's first question need not wait until it is compiled for good.
    public static float Bound(ReadOnlySpan<float> scores, int wanted, BestScores best)
    {
        var piles = Vector256<float>.Count * 2;
        for (; piles < MostPiles && piles * 2 < wanted * 3L; piles *= 2)
        {
        }

        if (piles < wanted || scores.Length < piles * ScoresPerPile)
        {
            return float.NegativeInfinity;
        }

        Span<float> greatest = stackalloc float[MostPiles];
        greatest = greatest[..piles];
        ref var first = ref MemoryMarshal.GetReference(scores);
        ref var pile = ref MemoryMarshal.GetReference(greatest);
        for (nuint i = 0; i < (nuint)piles; i += 2 * (nuint)Vector256<float>.Count)
        {
            var (one, two) = (Vector256.Create(float.NegativeInfinity), Vector256.Create(float.NegativeInfinity));
            for (var deal = i; deal + (2 * (nuint)Vector256<float>.Count) <= (nuint)scores.Length; deal += (nuint)piles)
            {
                one = Greater(Vector256.LoadUnsafe(ref first, deal), one);
                two = Greater(Vector256.LoadUnsafe(ref first, deal + (nuint)Vector256<float>.Count), two);
            }

            one.StoreUnsafe(ref pile, i);
            two.StoreUnsafe(ref pile, i + (nuint)Vector256<float>.Count);
        }

        best.Clear(wanted);
        foreach (var score in greatest)
        {
            if (score > best.Least)
            {
                best.Add(score);
            }
        }

        return best.Least;
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

    // What is not a number is no greater than what is there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Greater(Vector256<float> scores, Vector256<float> most) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(scores, most), scores, most);
}
