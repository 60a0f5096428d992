using System.Collections.Immutable;
using MemU.Storage;

namespace MemU.InMemory;

/// <summary>Everything that an in-memory store holds at one moment.</summary>
internal sealed record InMemoryState
{
    public static InMemoryState Empty { get; } = new();

    public ImmutableDictionary<MemoryScope, InMemorySpace> Spaces { get; init; } = ImmutableDictionary<MemoryScope, InMemorySpace>.Empty;

    /// <summary>Read and changed by <see cref="RowOwners"/>.</summary>
    public ImmutableDictionary<(string Table, string Id), MemoryScope> Owners { get; init; } = ImmutableDictionary<(string Table, string Id), MemoryScope>.Empty;

    public ImmutableList<ErasureRecord> Erasures { get; init; } = [];

    /// <summary>How many erasures there were, and after how many of them each erased space was.</summary>
    public long ErasureMark { get; init; }

    public ImmutableDictionary<MemoryScope, long> ErasedAt { get; init; } = ImmutableDictionary<MemoryScope, long>.Empty;

    /// <summary>Of any space, so that a revision is never seen twice, not even after a reset.</summary>
    public long LastRevision { get; init; }

    public long LastSequence { get; init; }

    public bool IsErasedSince(MemoryScope scope, long mark) => mark > ErasureMark || ErasedAt.GetValueOrDefault(scope) > mark;

    public InMemorySpace SpaceOf(MemoryScope scope) => Spaces.GetValueOrDefault(scope) ?? new InMemorySpace();
}
