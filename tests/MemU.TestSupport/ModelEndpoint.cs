namespace MemU.TestSupport;

/// <summary>What kind of model a request is for.</summary>
public enum ModelEndpoint
{
    Chat,
    Embeddings,
    Transcriptions,
    Unknown,
}
