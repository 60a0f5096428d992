using MemU.Contracts;

namespace MemU.Maintenance;

/// <summary>What is known of an export that was read to its end.</summary>
/// <param name="Header">Its first line.</param>
/// <param name="Records">The number of lines between it and the end.</param>
/// <param name="Checksums">Of its chunks, in their order: four bytes a megabyte, by which it is told whether it is the same when it is read again.</param>
internal sealed record CheckedExport(ExportHeaderJson Header, long Records, IReadOnlyList<uint> Checksums)
{
    /// <summary>Checks a chunk that is read again.</summary>
    /// <exception cref="MemUException">It is not what it was.</exception>
    public void Expect(ExportChunk chunk)
    {
        if (chunk.Number >= Checksums.Count || Checksums[chunk.Number] != chunk.Checksum)
        {
            throw Changed(chunk.FirstLine);
        }
    }

    /// <summary>The error for a file that is not what it was from this line on, or one behind it.</summary>
    public static MemUException Changed(long line) => new(
        $"The export is not what it was when it was checked, from line {line} on. Something wrote to the file while it was imported; what was stored until then stays. "
        + "Import the whole file again to complete it.");
}
