using System.Globalization;
using System.Text;

namespace MemU.Benchmarks.Data;

/// <summary>Writes a <c>vectors.json</c> as Python's <c>json.dump(…, indent=2)</c> does: every number on a line of its own, in the digits of a double.</summary>
internal static class PythonVectorFile
{
    public static void Write(string path, ClusteredVectors vectors, int size, string user, string agent)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        file.Write("{\n  \"items\": {\n");
        var vector = new float[vectors.Dimension];
        Span<char> number = stackalloc char[32];
        for (var i = 0; i < size; i++)
        {
            vectors.Fill(i, vector);
            file.Write($"    \"{NumberedIds.Of(i)}\": {{\n      \"user_id\": \"{user}\",\n      \"agent_id\": \"{agent}\",\n      \"vector\": [\n");
            for (var d = 0; d < vector.Length; d++)
            {
                // Python keeps what a service sends, which are doubles of seventeen digits, not floats.
                ((double)vector[d]).TryFormat(number, out var length, "R", CultureInfo.InvariantCulture);
                file.Write("        ");
                file.Write(number[..length]);
                file.Write(d + 1 < vector.Length ? ",\n" : "\n");
            }

            file.Write($"      ],\n      \"text\": \"{BenchItems.Summary(i)}\"\n    }}{(i + 1 < size ? "," : "")}\n");
        }

        file.Write("  }\n}");
    }
}
