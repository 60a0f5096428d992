using MemU.Contracts;

namespace MemU.Maintenance;

/// <summary>A resource of the file with its bytes, if the file holds them.</summary>
internal sealed class ImportedResource(ResourceJson resource)
{
    /// <summary>The record.</summary>
    public ResourceJson Resource { get; } = resource;

    /// <summary>The bytes so far.</summary>
    public MemoryStream? Content { get; private set; }

    /// <summary>The name that gives the blob its ending.</summary>
    public string? FileName { get; private set; }

    public void Append(BlobJson blob)
    {
        FileName ??= blob.FileName;
        Content ??= new MemoryStream();
        Content.Write(blob.Data);
    }
}
