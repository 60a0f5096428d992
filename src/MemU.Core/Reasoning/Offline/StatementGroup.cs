namespace MemU.Reasoning.Offline;

/// <summary>Statements of one passage that make one item together, and what they need to be understood.</summary>
internal sealed class StatementGroup(Statement first)
{
    /// <summary>The statements in their order.</summary>
    public List<Statement> Statements { get; } = [first];

    /// <summary>The question that they answer; null when they stand alone.</summary>
    public Statement? Question { get; set; }

    /// <summary>The headings under which they stand, the widest first; none in conversations.</summary>
    public IReadOnlyList<Statement> Headings { get; init; } = [];

    /// <summary>What the best of them is worth.</summary>
    public double Value { get; set; }

    /// <summary>The passage that they stand in.</summary>
    public Passage Passage => Statements[0].Passage;

    /// <summary>Their length in characters.</summary>
    public int Length => Statements.Sum(s => s.Text.Length + 1);
}
