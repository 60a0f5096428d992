namespace MemU.Retrieve;

/// <summary>How hits are found.</summary>
public enum RetrieveMethod
{
    /// <summary>By vectors and words.</summary>
    Rag,

    /// <summary>By letting the reasoner read the candidates and rank them.</summary>
    Llm,
}
