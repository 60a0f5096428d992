namespace MemU.Server.Api;

/// <summary>Ready-made ways to retrieve.</summary>
internal enum RecipeName
{
    /// <summary>No chat call at all.</summary>
    Fast,

    /// <summary>Plan and judge.</summary>
    Balanced,

    /// <summary>More hits, reranked.</summary>
    Thorough,
}
