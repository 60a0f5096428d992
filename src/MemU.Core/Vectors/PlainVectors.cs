namespace MemU.Vectors;

/// <summary>Vectors are written as they are.</summary>
internal sealed class PlainVectors : IVectorSeals, IVectorSeal
{
    public static PlainVectors Instance { get; } = new();

    public bool IsCurrent => true;

    public bool BindsIds => false;

    public ValueTask<IVectorSeal> ToWriteAsync(MemoryScope scope, CancellationToken cancellationToken) => ValueTask.FromResult<IVectorSeal>(this);

    public ValueTask<IVectorSeal> ToReadAsync(MemoryScope scope, CancellationToken cancellationToken) => ValueTask.FromResult<IVectorSeal>(this);

    public byte[] Seal(string collection, string id, byte[] vector) => vector;

    public ReadOnlySpan<byte> Open(string collection, string id, ReadOnlySpan<byte> written, ref byte[] buffer) => written;

    public string? SealText(string collection, string id, string? text) => text;

    public byte[] SealHash(byte[] hash) => hash;

    public string? OpenText(string collection, string id, string? written) => written;
}
