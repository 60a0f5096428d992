namespace MemU.Retrieve.Evidence;

/// <summary>What can be seen of a passage without knowing the question.</summary>
[Flags]
internal enum PassageTraits : byte
{
    None = 0,

    /// <summary>It asks something.</summary>
    AsksQuestion = 1,

    /// <summary>It names a time: yesterday, in March, three weeks ago.</summary>
    NamesTime = 2,

    /// <summary>An assistant wrote it.</summary>
    ByAssistant = 4,

    /// <summary>It holds no text at all.</summary>
    Blank = 8,
}
