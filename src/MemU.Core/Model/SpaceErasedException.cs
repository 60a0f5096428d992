namespace MemU;

/// <summary>The space was erased after the work had begun, or all data was replaced. Nothing was written, so that what was erased stays gone.</summary>
public sealed class SpaceErasedException : MemUException
{
    internal SpaceErasedException(MemoryScope scope)
        : base($"The space of {scope} was erased, or the data were replaced, after this had begun. Nothing was written. Do it again if it shall be remembered all the same.") => Scope = scope;

    /// <summary>Whose space.</summary>
    public MemoryScope Scope { get; }
}
