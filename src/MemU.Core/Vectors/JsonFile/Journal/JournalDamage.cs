namespace MemU.Vectors;

/// <summary>A journal holds something that a writer cannot have left, not even one that died.</summary>
/// <param name="expected">What should have stood there; never what stands there.</param>
/// <param name="position">Where, in bytes from the start of the file.</param>
internal sealed class JournalDamage(string expected, long position) : Exception(expected)
{
    public long Position => position;
}
