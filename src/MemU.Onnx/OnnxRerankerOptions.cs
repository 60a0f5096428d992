namespace MemU.Onnx;

/// <summary>How a cross-encoder is run: eight passages at once unless told otherwise.</summary>
public sealed record OnnxRerankerOptions() : OnnxModelOptions(batchSize: 8);
