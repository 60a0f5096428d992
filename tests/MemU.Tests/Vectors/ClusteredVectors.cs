namespace MemU.Tests.Vectors;

/// <summary>Seeded vectors that lie in clusters, as those of texts do.</summary>
internal sealed class ClusteredVectors
{
    private readonly Random random;
    private readonly float[][] centres;

    public ClusteredVectors(int seed, int dimension, int clusters)
    {
        random = new Random(seed);
        centres = [.. Enumerable.Range(0, clusters).Select(_ => Noise(dimension))];
    }

    /// <summary>Another vector near one of the centres.</summary>
    public float[] Next()
    {
        var centre = centres[random.Next(centres.Length)];
        var noise = Noise(centre.Length);
        return [.. centre.Zip(noise, (c, n) => c + (0.6f * n))];
    }

    private float[] Noise(int dimension) =>
        [.. Enumerable.Range(0, dimension).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
}
