namespace MemU.Sql;

/// <summary>A row of <c>loose_vectors</c>: what it holds, or why that cannot be read.</summary>
internal readonly record struct LooseVector(VectorPlace Place, VectorRecord? Record, InvalidDataException? Damage)
{
    /// <summary>What it holds.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public VectorRecord Whole => Record ?? throw Damage!;
}
