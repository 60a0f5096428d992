namespace MemU.Onnx;

/// <summary>How an embedding model is run, 16 texts at once unless told otherwise. What stands on the model's card: pooling, prefixes, the most tokens.</summary>
public sealed record OnnxEmbeddingOptions() : OnnxModelOptions(batchSize: 16)
{
    /// <summary>
    /// The name under which its vectors are stored; vectors of different names are never compared. Null for the name of the file and a hash of everything that
    /// decides a text's vector, so that another model never goes by the name of the one before.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>How the vectors of tokens become one. A model that gives one vector a text does that itself.</summary>
    public OnnxPooling Pooling { get; init; }

    /// <summary>What stands before a question: for arctic-embed <c>"Represent this sentence for searching relevant passages: "</c>, for e5 <c>"query: "</c>.</summary>
    public string QueryPrefix { get; init; } = "";

    /// <summary>What stands before everything else: for e5 <c>"passage: "</c>.</summary>
    public string PassagePrefix { get; init; } = "";

    /// <summary>The length of a vector that is expected; null for whatever the model gives. Another one is an error when the model is loaded.</summary>
    public int? Dimensions { get; init; }
}
