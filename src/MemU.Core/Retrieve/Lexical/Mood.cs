namespace MemU.Retrieve.Lexical;

/// <summary>In what kind of sentence a term stands; of several, all of them.</summary>
[Flags]
internal enum Mood : byte
{
    None = 0,

    /// <summary>One that states something.</summary>
    Told = 1,

    /// <summary>One that states something of the speaker: I, my, we.</summary>
    OfOneself = 2,

    /// <summary>One that asks.</summary>
    Asked = 4,
}
