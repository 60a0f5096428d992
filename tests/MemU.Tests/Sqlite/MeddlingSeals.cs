using MemU.Vectors;

namespace MemU.Tests.Sqlite;

/// <summary>Nothing is sealed; whoever asks whether the space is still the same is answered by a test, which may do something then.</summary>
internal sealed class MeddlingSeals(Func<bool> isCurrent) : IVectorSeals, IVectorSeal
{
    public bool IsCurrent => isCurrent();

    public bool BindsIds => false;

    public ValueTask<IVectorSeal> ToWriteAsync(MemoryScope scope, CancellationToken cancellationToken) => ValueTask.FromResult<IVectorSeal>(this);

    public ValueTask<IVectorSeal> ToReadAsync(MemoryScope scope, CancellationToken cancellationToken) => ValueTask.FromResult<IVectorSeal>(this);

    public byte[] Seal(string collection, string id, byte[] vector) => vector;

    public ReadOnlySpan<byte> Open(string collection, string id, ReadOnlySpan<byte> written, ref byte[] buffer) => written;

    public string? SealText(string collection, string id, string? text) => text;

    public byte[] SealHash(byte[] hash) => hash;

    public string? OpenText(string collection, string id, string? written) => written;
}
