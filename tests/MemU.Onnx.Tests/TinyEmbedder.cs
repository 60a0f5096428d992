using System.Runtime.InteropServices;

namespace MemU.Onnx.Tests;

/// <summary>
/// Writes embedding models small enough to be understood: the vector of a token is 1 at its own number and 0 elsewhere, so that the vector of a text shows which
/// tokens were counted, and how often.
/// </summary>
internal static class TinyEmbedder
{
    private static readonly string[] Inputs = ["input_ids", "attention_mask"];

    /// <param name="pieces">How many tokens the model knows.</param>
    /// <param name="rank">3: a vector a token. 2: a vector a text. 1: what no embedding model gives.</param>
    /// <param name="tokens">How many tokens a text must have; null for any number.</param>
    /// <param name="weights">The file in which its numbers stand; null when they stand in the model.</param>
    /// <param name="padding">So many bytes of description come before the numbers.</param>
    public static byte[] Bytes(int pieces, int rank = 3, int? tokens = null, string? weights = null, int padding = 0)
    {
        var graph = new Field()
            .Add(1, TinyModel.Node("Gather", ["table", "input_ids"], rank == 3 ? "told" : "of_tokens"))
            .Add(1, TinyModel.Node("Cast", ["attention_mask"], "mask", TinyModel.Attribute("to", TinyModel.Float32)));
        if (rank < 3)
        {
            graph.Add(1, TinyModel.Node("ReduceSum", ["of_tokens", rank == 2 ? "one" : "both"], "told", TinyModel.Attribute("keepdims", 0)));
        }

        graph.Add(2, "tiny");
        if (padding > 0)
        {
            graph.Add(10, new string('-', padding));
        }

        var table = new Field().Add(1, pieces).Add(1, pieces).Add(2, TinyModel.Float32).Add(8, "table");
        graph.Add(5, weights is null ? table.AddBytes(9, Weights(pieces)) : table.Add(13, new Field().Add(1, "location").Add(2, weights)).Add(14, 1));
        graph.Add(5, new Field().Add(1, 1).Add(2, TinyModel.Int64).Add(7, new Field().AddRaw(1)).Add(8, "one"));
        graph.Add(5, new Field().Add(1, 2).Add(2, TinyModel.Int64).Add(7, new Field().AddRaw(1).AddRaw(2)).Add(8, "both"));
        foreach (var input in Inputs)
        {
            graph.Add(11, TinyModel.Value(input, TinyModel.Int64, tokens));
        }

        graph.Add(12, TinyModel.Value("told", TinyModel.Float32, rank: rank));
        return new Field().Add(1, 8).Add(7, graph).Add(8, new Field().Add(1, "").Add(2, 13)).ToArray();
    }

    /// <summary>The vectors of its tokens, of this length.</summary>
    public static byte[] Weights(int pieces, float length = 1)
    {
        var table = new float[pieces * pieces];
        for (var i = 0; i < pieces; i++)
        {
            table[(i * pieces) + i] = length;
        }

        return MemoryMarshal.AsBytes<float>(table).ToArray();
    }
}
