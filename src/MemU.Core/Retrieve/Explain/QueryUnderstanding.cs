namespace MemU.Retrieve;

/// <summary>What was understood of a question.</summary>
public sealed record QueryUnderstanding
{
    /// <summary>The text that was searched for: the question, or as it was rewritten from its context.</summary>
    public required string Text { get; init; }

    /// <summary>Its terms: stems without stop words and names of speakers.</summary>
    public required IReadOnlyList<string> Terms { get; init; }

    /// <summary>The one speaker whom it names; null when it names none or several.</summary>
    public string? Speaker { get; init; }

    /// <summary>The dates that it names, as written: <c>2023-05-07</c>, <c>2023-05</c>, <c>--05</c> for May of any year.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>The days that it names relative to when it was asked: "last month".</summary>
    public IReadOnlyList<DayRange> Windows { get; init; } = [];

    /// <summary>What it asks for: <c>time</c>, <c>number</c>, <c>name</c>, <c>assistant</c> (what the assistant said), <c>latest</c>, <c>several</c> things.</summary>
    public IReadOnlyList<string> AsksFor { get; init; } = [];

    /// <summary>It is a message of several sentences in a talk that goes on, so that what was said lately counts more.</summary>
    public bool GoesOn { get; init; }

    /// <summary>The smaller questions that were searched too; the hits' parts name them by their number, <c>sub_query_1</c>.</summary>
    public IReadOnlyList<string> SubQueries { get; init; } = [];
}
