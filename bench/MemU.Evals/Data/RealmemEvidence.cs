namespace MemU.Evals.Data;

/// <summary>What is asked of a persona of RealMemBench, and what should be found.</summary>
internal enum RealmemEvidence
{
    /// <summary>Its queries; the sessions that the data set names.</summary>
    Sessions,

    /// <summary>Its queries; the turns from which the memories come that the data set says were used.</summary>
    Turns,

    /// <summary>Every gold memory as a question when all is known; the turn from which it comes.</summary>
    Memories,

    /// <summary>Questions of our own (<see cref="OwnQuestions"/>); the turns that answer them.</summary>
    Questions,
}
