namespace MemU.Retrieve.Evidence;

/// <summary>What kind of talk a session is; read off its roles and lengths.</summary>
internal enum SessionKind : byte
{
    /// <summary>Nobody speaks: paragraphs of a document.</summary>
    Document,

    /// <summary>People talk with one another in short turns.</summary>
    PeerChat,

    /// <summary>A person asks and an assistant answers at length.</summary>
    AssistantChat,
}
