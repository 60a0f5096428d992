namespace MemU.Onnx;

/// <summary>How an embedding model is run. What stands on the model's card: pooling, prefixes, the most tokens.</summary>
public sealed record OnnxEmbeddingOptions
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

    /// <summary>The most tokens of a text, 16 to 8192: what the model was trained for. The end of what is longer is not seen.</summary>
    public int MaxTokens
    {
        get;
        init => field = value is >= 16 and <= 8192
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxTokens), value, $"{nameof(MaxTokens)} is 16 to 8192.");
    } = 512;

    /// <summary>Texts that are run at once, 1 to 256: more are faster and take more memory.</summary>
    public int BatchSize
    {
        get;
        init => field = value is >= 1 and <= 256
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, $"{nameof(BatchSize)} is 1 to 256.");
    } = 16;

    /// <summary>The length of a vector that is expected; null for whatever the model gives. Another one is an error when the model is loaded.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Whether the vocabulary knows small letters only, as that of an "uncased" model does.</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>Threads for one run; null for one a core.</summary>
    public int? Threads
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Threads), value, $"{nameof(Threads)} is 1 or more.");
    }
}
