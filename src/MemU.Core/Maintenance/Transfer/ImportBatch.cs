using MemU.Contracts;

namespace MemU.Maintenance;

/// <summary>Records of one type that follow each other in the file and are stored together; with passages and items those vectors that stand among them.</summary>
internal sealed class ImportBatch(string type)
{
    /// <summary>Their type.</summary>
    public string Type { get; } = type;

    /// <summary>The records, resources as <see cref="ImportedResource"/>; none when this version does not know the type.</summary>
    public List<object> Records { get; } = [];

    /// <summary>Vectors that stand among or right behind records of another type.</summary>
    public List<VectorJson> Vectors { get; } = [];

    /// <summary>Whether the last line was one of <see cref="Vectors"/>.</summary>
    public bool EndsWithVector { get; private set; }

    /// <summary>Whether a record of this type belongs to it.</summary>
    public bool Takes(string other) => other == Type || (other == RecordTypes.Vector && Type is RecordTypes.Passage or RecordTypes.Item);

    /// <summary>How many lines they took, those of the bytes of sources too.</summary>
    public long Lines { get; private set; }

    /// <summary>How many bytes the lines had, but for those of <see cref="Vectors"/>.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many bytes the lines of <see cref="Vectors"/> had.</summary>
    public long VectorBytes { get; private set; }

    /// <summary>Adds the record of a line; null when this version does not know its type.</summary>
    public void Add(object? record, int bytes)
    {
        Lines++;
        EndsWithVector = record is VectorJson && Type != RecordTypes.Vector;
        if (EndsWithVector)
        {
            VectorBytes += bytes;
            Vectors.Add((VectorJson)record!);
            return;
        }

        Bytes += bytes;
        if (record is BlobJson blob)
        {
            // Of the source before it: that was checked.
            ((ImportedResource)Records[^1]).Append(blob);
        }
        else if (record is not null)
        {
            Records.Add(record is ResourceJson json ? new ImportedResource(json) : record);
        }
    }
}
