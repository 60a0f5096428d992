using MemU.Contracts;

namespace MemU.Maintenance;

/// <summary>Records of one type that follow each other in the file and are stored together.</summary>
internal sealed class ImportBatch(string type)
{
    /// <summary>Their type.</summary>
    public string Type { get; } = type;

    /// <summary>The records, resources as <see cref="ImportedResource"/>; none when this version does not know the type.</summary>
    public List<object> Records { get; } = [];

    /// <summary>How many lines they took, those of the bytes of sources too.</summary>
    public long Lines { get; private set; }

    /// <summary>How many bytes these lines had.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds the record of a line.</summary>
    /// <exception cref="MemUException">It holds bytes of another source than the one before.</exception>
    public void Add(ExportLine line, object? record)
    {
        Lines++;
        Bytes += line.Json.Length;
        if (record is BlobJson blob)
        {
            if (Records is not [.., ImportedResource { Resource.Id: var id } resource] || id != blob.ResourceId)
            {
                throw line.Damaged("these bytes do not continue the ones before, or their resource is not the one before");
            }

            resource.Append(blob);
        }
        else if (record is not null)
        {
            Records.Add(record is ResourceJson json ? new ImportedResource(json) : record);
        }
    }
}
