namespace MemU.Retrieve.Evidence;

/// <summary>What can be seen of a passage without knowing the question.</summary>
[Flags]
internal enum PassageTraits : ushort
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

    /// <summary>It names a time of which the date is known.</summary>
    TellsDate = 16,

    /// <summary>It holds a number from two on, in digits or words.</summary>
    HasNumber = 32,

    /// <summary>It names somebody, some place or some thing.</summary>
    NamesSomething = 64,

    /// <summary>The speaker speaks of himself.</summary>
    FirstPerson = 128,

    /// <summary>It begins with thanks, praise or agreement.</summary>
    Responds = 256,

    /// <summary>It speaks to somebody: you, your.</summary>
    SecondPerson = 512,

    /// <summary>The speaker says what he likes, did, got or plans: "I love …", "we went …", "my new …".</summary>
    TellsDeed = 1024,

    /// <summary>The turn before, of another speaker, asks something, so that this one may answer.</summary>
    FollowsQuestion = 2048,
}
