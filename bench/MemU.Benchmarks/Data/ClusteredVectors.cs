using System.Numerics.Tensors;

namespace MemU.Benchmarks.Data;

/// <summary>
/// Embedding-like vectors: normalised, gathered around centres. The same seed, dimension and number give the same vector, on any machine and in
/// any order, so that no more than one of them has to be in memory. Thread-safe.
/// </summary>
internal sealed class ClusteredVectors
{
    /// <summary>Cosine of two members of a cluster is about 1 / (1 + Noise²).</summary>
    private const float Noise = 0.7f;

    private readonly float[][] centres;
    private readonly ulong seed;

    /// <param name="seed">Chooses the vectors.</param>
    /// <param name="dimension">Their length.</param>
    /// <param name="centreCount">How many clusters.</param>
    public ClusteredVectors(int seed, int dimension, int centreCount = 100)
    {
        this.seed = (uint)seed;
        Seed = seed;
        Dimension = dimension;
        centres = [.. Enumerable.Range(0, centreCount).Select(c =>
        {
            var centre = new float[dimension];
            Scatter(Mix(this.seed ^ 0xC3A7_0000_0000_0000UL ^ (ulong)c), centre);
            Normalise(centre);
            return centre;
        })];
    }

    public int Seed { get; }

    public int Dimension { get; }

    /// <summary>The vector with this number.</summary>
    public float[] this[long number]
    {
        get
        {
            var vector = new float[Dimension];
            Fill(number, vector);
            return vector;
        }
    }

    /// <summary>Writes the vector with this number.</summary>
    public void Fill(long number, Span<float> vector)
    {
        var state = Mix(seed * 0x9E37_79B9_7F4A_7C15UL ^ (ulong)number);
        Scatter(state, vector);
        TensorPrimitives.Multiply(vector, Noise / TensorPrimitives.Norm(vector), vector);
        TensorPrimitives.Add(vector, centres[state % (ulong)centres.Length], vector);
        Normalise(vector);
    }

    /// <summary>A question: near the clusters, equal to no stored vector.</summary>
    public float[] Question(int number) => this[(1L << 40) + number];

    private static void Normalise(Span<float> vector) => TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);

    // Sums of two uniform numbers, two of them from each random word.
    private static void Scatter(ulong state, Span<float> vector)
    {
        for (var i = 0; i < vector.Length; i += 2)
        {
            state += 0x9E37_79B9_7F4A_7C15UL;
            var word = Mix(state);
            vector[i] = Triangle((uint)word);
            if (i + 1 < vector.Length)
            {
                vector[i + 1] = Triangle((uint)(word >> 32));
            }
        }
    }

    // −1 to 1. Without a sign the negative half would become huge, and every vector would hold four different numbers.
    private static float Triangle(uint word) => ((int)(word & 0xFFFF) + (int)(word >> 16) - 65535) / 65536f;

    /// <summary>SplitMix64's finaliser.</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return z ^ (z >> 31);
    }
}
