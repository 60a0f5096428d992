namespace MemU.Vectors;

/// <summary>The file is not what a vector file must be.</summary>
/// <param name="expected">What should have stood there; never what stands there, which may be a user's words.</param>
/// <param name="offset">Where, in bytes from the start of the line, or of the file when the line is not known yet.</param>
/// <param name="line">The line, from 1; null when not known yet.</param>
/// <param name="inner">What noticed it.</param>
internal sealed class VectorFileDamage(string expected, long offset, long? line = null, Exception? inner = null) : Exception(expected, inner)
{
    public long Offset => offset;

    public long? Line => line;
}
