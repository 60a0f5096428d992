using System.Text;

namespace MemU.TestSupport;

/// <summary>Vectors that depend on the words of a text only: texts that share words are near each other. The same on every machine.</summary>
public static class WordVectors
{
    /// <summary>A vector of length 1.</summary>
    public static float[] Of(string text, int dimensions)
    {
        var vector = new float[dimensions];
        foreach (var word in text.ToLowerInvariant().Split([' ', '\n', '\t', '.', ',', ';', ':', '!', '?', '"'], StringSplitOptions.RemoveEmptyEntries))
        {
            var hash = 2166136261u;
            foreach (var b in Encoding.UTF8.GetBytes(word))
            {
                hash = (hash ^ b) * 16777619u;
            }

            vector[hash % (uint)dimensions] += 1;
        }

        var length = MathF.Sqrt(vector.Sum(x => x * x));
        if (length == 0)
        {
            vector[0] = length = 1;
        }

        return [.. vector.Select(x => x / length)];
    }
}
