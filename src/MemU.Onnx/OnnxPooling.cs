namespace MemU.Onnx;

/// <summary>How the vectors of a text's tokens become one: as the model was trained.</summary>
public enum OnnxPooling
{
    /// <summary>Their mean (Reimers and Gurevych 2019): all-MiniLM, e5, gte and most sentence transformers.</summary>
    Mean,

    /// <summary>That of the first token, [CLS]: bge, arctic-embed, mxbai.</summary>
    Cls,
}
