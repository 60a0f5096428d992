using MemU.Contracts;

namespace MemU.Maintenance;

/// <summary>What was found in the lines of a chunk, each by itself; how they follow each other is looked at in their order.</summary>
internal sealed class CheckedChunk
{
    private CheckedChunk(uint checksum) => Checksum = checksum;

    /// <summary>Of its bytes.</summary>
    public uint Checksum { get; }

    /// <summary>Its lines to the first that cannot be stored.</summary>
    public List<CheckedLine> Lines { get; } = [];

    /// <summary>Checks the lines of a chunk.</summary>
    public static CheckedChunk Of(ExportChunk chunk)
    {
        var found = new CheckedChunk(chunk.Checksum);
        foreach (var (number, json) in chunk.Lines())
        {
            if (VectorLine.TryOf(json.Span, out var vector) && vector.HoldsNumbers())
            {
                found.Lines.Add(new CheckedLine(number, RecordTypes.Vector, null, null));
                continue;
            }

            string? type = null;
            try
            {
                var line = ExportLine.Of(number, json);
                type = line.Type;
                found.Lines.Add(new CheckedLine(number, type, MattersToOthers(ExportRecords.Read(line)), null));
            }
            catch (MemUException e)
            {
                found.Lines.Add(new CheckedLine(number, type, null, e));
                break;
            }
        }

        return found;
    }

    private static object? MattersToOthers(object? record) => record is ExportHeaderJson or ResourceJson or BlobJson or ExportEndJson ? record : null;
}
