namespace MemU.Sql;

/// <summary>Where a transaction writes its vectors: into the database itself, or into the list of what the vector index is owed.</summary>
internal abstract class SqlVectorTarget : IAsyncDisposable
{
    /// <summary>True when completing it writes down how the space stands.</summary>
    public virtual bool WritesSpace => false;

    /// <summary>How many bytes of these vectors will have to be packed into full blocks of the space.</summary>
    public abstract long BytesOf(IReadOnlyList<VectorRecord> records);

    /// <summary>Writes one vector.</summary>
    public abstract Task UpsertAsync(VectorRecord record, CancellationToken cancellationToken);

    /// <summary>Removes the vectors of one collection whose ids this query gives; it may use <c>@id</c>.</summary>
    public abstract Task RemoveAsync(string collection, string idQuery, string id, CancellationToken cancellationToken);

    /// <summary>Removes one vector, whether or not there is one.</summary>
    public abstract Task RemoveAsync(string collection, string id, CancellationToken cancellationToken);

    /// <summary>Writes what is left to write, as part of this state of the space; nothing comes after it.</summary>
    public abstract Task CompleteAsync(SpaceState space, CancellationToken cancellationToken);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}
