namespace MemU.Vectors;

/// <summary>Gives each space its <see cref="IVectorSeal"/>. To be asked with every operation: a space may have been erased since. Thread-safe.</summary>
internal interface IVectorSeals
{
    /// <summary>The seal to write with.</summary>
    ValueTask<IVectorSeal> ToWriteAsync(MemoryScope scope, CancellationToken cancellationToken);

    /// <summary>The seal to read with.</summary>
    ValueTask<IVectorSeal> ToReadAsync(MemoryScope scope, CancellationToken cancellationToken);
}
