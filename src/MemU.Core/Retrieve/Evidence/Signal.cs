namespace MemU.Retrieve.Evidence;

/// <summary>What can speak for a passage. The value of each is 0 to about 1; its weight depends on the kind of session (<see cref="SignalWeights"/>).</summary>
internal enum Signal : byte
{
    /// <summary>BM25 of the passage, of the best in the space; of its best piece where it is long.</summary>
    Words,

    /// <summary>Share of the question that the passage holds, rare words counting more.</summary>
    Coverage,

    /// <summary>BM25 of the passage read together with two turns before and two after.</summary>
    Window,

    /// <summary>Share of the question that the passage and its two neighbours hold together.</summary>
    WindowCoverage,

    /// <summary>Words of the passage before.</summary>
    Previous,

    /// <summary>Words of the four turns further back, halved with every step.</summary>
    Before,

    /// <summary>Words of the passage after.</summary>
    Next,

    /// <summary>Words of the four turns further on, halved with every step.</summary>
    After,

    /// <summary>Words of the turn before when it asks: this one probably answers.</summary>
    Answer,

    /// <summary>Its words when it asks something itself: what is asked for is seldom in it.</summary>
    Asking,

    /// <summary>Share of the question in what it states, with the messages beside it in the turn, and what the turn before asks: a question and its answer, read as one.</summary>
    Told,

    /// <summary>Share of the question that it only holds as something of the kind asked for: a dog, where pets are asked for.</summary>
    Kind,

    /// <summary>Share of the question of which it and its neighbours only hold a word of like meaning: sick, where an illness is asked for.</summary>
    Related,

    /// <summary>The best passage of the session by the words of the question and those of like meaning.</summary>
    RelatedSession,

    /// <summary>BM25 of the session as one text.</summary>
    Session,

    /// <summary>Words of the best passage of the session.</summary>
    SessionBest,

    /// <summary>The one speaker whom the question names.</summary>
    Speaker,

    /// <summary>That speaker about himself: I, my, we.</summary>
    OwnAccount,

    /// <summary>Share of the question in what that speaker states of himself.</summary>
    OwnWords,

    /// <summary>That speaker tells what he likes, did, got or plans.</summary>
    Deed,

    /// <summary>How much that speaker says when the question asks for several things.</summary>
    Several,

    /// <summary>Another one than that speaker speaks to somebody: you, your.</summary>
    Addressing,

    /// <summary>Its words when the side wrote it that is not asked for: the assistant, unless the question asks for what that said; else, for half, the person.</summary>
    OtherSide,

    /// <summary>It was said on the day, or soon after the period, that the question names.</summary>
    Date,

    /// <summary>It names a day in the period that the question names: "yesterday", said on the day after.</summary>
    NamedDate,

    /// <summary>Its words when the question asks for a time and it names one.</summary>
    Time,

    /// <summary>The question asks for a time and the passage names one that can be told as a date.</summary>
    ToldDate,

    /// <summary>The question asks how many or how much and it holds a number.</summary>
    Number,

    /// <summary>The question asks who, where or which and it names something.</summary>
    Name,

    /// <summary>How much it says, unless it begins with thanks, praise or agreement: such seldom answer.</summary>
    Length,

    /// <summary>How lately it was said, when the question goes on with a talk or asks for what is latest.</summary>
    Recent,

    /// <summary>An extracted memory that fits leads to it. Counted beside the others (<see cref="EvidenceSearch"/>).</summary>
    Items,
}
