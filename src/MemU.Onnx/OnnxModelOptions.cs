namespace MemU.Onnx;

/// <summary>How a model is run, whatever it is for.</summary>
public abstract record OnnxModelOptions
{
    private protected OnnxModelOptions(int batchSize) => BatchSize = batchSize;

    /// <summary>The most tokens of one input (a text, or a question and a passage together), 16 to 8192: what the model was trained for. The end of what is longer is not seen.</summary>
    public int MaxTokens
    {
        get;
        init => field = value is >= 16 and <= 8192
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxTokens), value, $"{nameof(MaxTokens)} is 16 to 8192.");
    } = 512;

    /// <summary>Inputs that are run at once, 1 to 256: more are faster and take more memory.</summary>
    public int BatchSize
    {
        get;
        init => field = value is >= 1 and <= 256
            ? value
            : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, $"{nameof(BatchSize)} is 1 to 256.");
    }

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
