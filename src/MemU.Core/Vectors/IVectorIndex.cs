namespace MemU.Vectors;

/// <summary>
/// The port to the vectors: derived data that can be rebuilt. Implementations are thread-safe, and safe for several processes where the
/// medium can be shared. Every method sees and touches only the entries of the scope it is given.
/// </summary>
/// <remarks>Errors of the medium are <see cref="MemoryStoreException"/>. A damaged file is an error, never an empty index.</remarks>
public interface IVectorIndex
{
    /// <summary>The provider's name, as in the settings: <c>memory</c>, <c>json</c>, <c>sqlite</c>.</summary>
    string Provider { get; }

    /// <summary>
    /// True when the vectors live in the metadata store, which writes them in its own transaction: nothing is ever owed.
    /// </summary>
    bool IsPartOfStore { get; }

    /// <summary>Makes sure that the index can be read and written; called before anything is computed or paid for.</summary>
    Task EnsureUsableAsync(MemoryScope scope, CancellationToken cancellationToken);

    /// <summary>Applies all changes, or none. Idempotent. Durable when it returns.</summary>
    Task ApplyAsync(MemoryScope scope, VectorChanges changes, CancellationToken cancellationToken);

    /// <summary>
    /// Asks for the changes when it is this call's turn, and applies them: between the answer and the end no other call of this method changes the
    /// index, in any process that shares it. So whoever reads what is still owed when asked can never overwrite something newer.
    /// </summary>
    /// <remarks>An index that is part of the store is owed only what was recorded while the vectors of the data were elsewhere.</remarks>
    async Task ApplyInTurnAsync(MemoryScope scope, Func<CancellationToken, Task<VectorChanges>> changes, CancellationToken cancellationToken) =>
        await ApplyAsync(scope, await changes(cancellationToken), cancellationToken);

    /// <summary>
    /// Removes every entry of the space from the medium, so that no file of the index holds them afterwards. Idempotent. Nothing for an index that is part
    /// of the store, which removes them itself.
    /// </summary>
    /// <returns>How many entries there were.</returns>
    Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken);

    /// <summary>
    /// Takes out what cannot be read, so that it can be made anew: reading it is an error until then. Idempotent. Nothing for an index that is damaged as a whole or
    /// not at all.
    /// </summary>
    Task RemoveDamagedAsync(MemoryScope scope, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Entries by id, in the order asked for; unknown ids are left out.</summary>
    Task<IReadOnlyList<VectorRecord>> GetAsync(MemoryScope scope, string collection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>
    /// The nearest entries by cosine. Scores are exact; among many entries an index may choose by an estimate what it scores, as long as next to nothing of
    /// what is nearest is missed (at least 99 of 100).
    /// </summary>
    Task<VectorHits> QueryAsync(MemoryScope scope, VectorQuery query, CancellationToken cancellationToken);

    /// <summary>All entries of a collection, ordered by id.</summary>
    IAsyncEnumerable<VectorRecord> ListAsync(MemoryScope scope, string collection, CancellationToken cancellationToken);
}
