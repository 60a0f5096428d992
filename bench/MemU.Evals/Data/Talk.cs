namespace MemU.Evals.Data;

/// <summary>Everything that was said to one memory, in order, and what is asked of it.</summary>
internal sealed record Talk(string Name, IReadOnlyList<Sitting> Sittings, IReadOnlyList<AskedQuestion> Questions)
{
    public int Turns => Sittings.Sum(s => s.Turns.Count);
}
