namespace MemU.Onnx;

/// <summary>A file of a model, or its bytes.</summary>
internal sealed record ModelPart
{
    /// <summary>What messages call it: the path, or what the bytes are.</summary>
    public required string Name { get; init; }

    /// <summary>Where the file is; null when there are bytes.</summary>
    public string? Path { get; private init; }

    /// <summary>The bytes; null when there is a file.</summary>
    public byte[]? Bytes { get; private init; }

    public static ModelPart Of(string path) => new() { Name = path, Path = path };

    public static ModelPart Of(byte[] bytes, string name) => new() { Name = name, Bytes = bytes };

    public Stream Open() => Path is { } path ? File.OpenRead(path) : new MemoryStream(Bytes!, writable: false);

    public int CountLines()
    {
        using var lines = new StreamReader(Open());
        var count = 0;
        while (lines.ReadLine() is not null)
        {
            count++;
        }

        return count;
    }

    /// <exception cref="ArgumentException">There is no such file.</exception>
    public void MustExist(string what, string use)
    {
        if (Path is { } path && (string.IsNullOrWhiteSpace(path) || !File.Exists(path)))
        {
            throw new ArgumentException($"The {what} of the {use}, '{path}', does not exist.", what);
        }
    }
}
