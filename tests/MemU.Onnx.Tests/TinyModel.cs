namespace MemU.Onnx.Tests;

/// <summary>
/// Writes ONNX files small enough to be understood: their answer for a pair is the sum of the ids of the passage's tokens. What
/// padding and the question hold counts nothing, so a wrong mask or type shows.
/// </summary>
internal static class TinyModel
{
    internal const int Int64 = 7, Float32 = 1;

    /// <summary>A model of <paramref name="columns"/> numbers a pair: 1 the sum, 2 minus the sum and the sum, 3 what no reranker gives.</summary>
    /// <param name="columns">How many numbers.</param>
    /// <param name="ids">What the input of tokens is called.</param>
    /// <param name="tokens">How many tokens a pair must have; null for any number.</param>
    public static byte[] Bytes(int columns = 1, string ids = "input_ids", int? tokens = null)
    {
        var graph = new Field();
        foreach (var input in new[] { ids, "attention_mask", "token_type_ids" })
        {
            graph.Add(1, Node("Cast", [input], $"{input}_f", Attribute("to", Float32)));
        }

        graph.Add(1, Node("Mul", [$"{ids}_f", "attention_mask_f"], "told"));
        graph.Add(1, Node("Mul", ["told", "token_type_ids_f"], "of_passage"));
        graph.Add(1, Node("ReduceSum", ["of_passage", "axes"], "sum", Attribute("keepdims", 1)));
        graph.Add(1, Node("Neg", ["sum"], "minus"));
        graph.Add(1, Node("Concat", columns switch { 1 => ["sum"], 2 => ["minus", "sum"], _ => ["sum", "sum", "sum"] }, "logits", Attribute("axis", 1)));
        graph.Add(2, "tiny");
        graph.Add(5, new Field().Add(1, 1).Add(2, Int64).Add(7, new Field().AddRaw(1)).Add(8, "axes"));
        foreach (var input in new[] { ids, "attention_mask", "token_type_ids" })
        {
            graph.Add(11, Value(input, Int64, tokens));
        }

        graph.Add(12, Value("logits", Float32));
        return new Field().Add(1, 8).Add(7, graph).Add(8, new Field().Add(1, "").Add(2, 13)).ToArray();
    }

    internal static Field Node(string type, string[] inputs, string output, Field? attribute = null)
    {
        var node = new Field();
        foreach (var input in inputs)
        {
            node.Add(1, input);
        }

        node.Add(2, output).Add(4, type);
        return attribute is null ? node : node.Add(5, attribute);
    }

    internal static Field Attribute(string name, int value) => new Field().Add(1, name).Add(3, value).Add(20, 2);

    internal static Field Value(string name, int type, int? tokens = null, int rank = 2)
    {
        var columns = tokens is { } fixedNumber ? new Field().Add(1, fixedNumber) : new Field().Add(2, $"{name}_columns");
        var shape = new Field().Add(1, new Field().Add(2, $"{name}_rows"));
        for (var dimension = 1; dimension < rank; dimension++)
        {
            shape.Add(1, dimension == 1 ? columns : new Field().Add(2, $"{name}_{dimension}"));
        }

        return new Field().Add(1, name).Add(2, new Field().Add(1, new Field().Add(1, type).Add(2, shape)));
    }
}
