namespace MemU.Vectors;

/// <summary>
/// How the vectors of one space, and the texts they were made of, become what is written to disk: the one place between an index and its medium. Thread-safe.
/// </summary>
internal interface IVectorSeal
{
    /// <summary>False when the space was erased since: nothing may be written any more, and nothing that is held in memory be shown.</summary>
    bool IsCurrent { get; }

    /// <summary>False when vectors are written as they are: then nobody need name them.</summary>
    bool BindsIds { get; }

    /// <summary>The bytes to write for a vector, or for several that lie together; may be the same array.</summary>
    byte[] Seal(string collection, string id, byte[] vector);

    /// <summary>The vector's bytes again.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="id">The entry's id, or whatever names several.</param>
    /// <param name="written">What <see cref="Seal"/> gave.</param>
    /// <param name="buffer">Takes the vector when it has to be written somewhere; grows as needed. The result may lie in it.</param>
    /// <exception cref="InvalidDataException">It is not what was written for this entry.</exception>
    /// <exception cref="MemoryStoreException">The space has no key any more.</exception>
    ReadOnlySpan<byte> Open(string collection, string id, ReadOnlySpan<byte> written, ref byte[] buffer);

    /// <summary>The text to write; null stays null.</summary>
    string? SealText(string collection, string id, string? text);

    /// <summary>What to write in the place of a text's hash: equal hashes stay equal within the space, and tell nobody else of which text they are.</summary>
    byte[] SealHash(byte[] hash);

    /// <summary>The text again; null stays null.</summary>
    /// <exception cref="InvalidDataException">It is not what was written for this entry.</exception>
    /// <exception cref="MemoryStoreException">The space has no key any more.</exception>
    string? OpenText(string collection, string id, string? written);
}
