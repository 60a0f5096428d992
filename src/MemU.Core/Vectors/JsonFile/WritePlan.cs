namespace MemU.Vectors;

/// <summary>Turns changes into the frames to append: leaves out what changes nothing, and refuses ids of other spaces. Not thread-safe.</summary>
/// <param name="state">What there is.</param>
/// <param name="salt">The journal's.</param>
internal sealed class WritePlan(VectorFileState state, ulong salt) : IDisposable
{
    private readonly JournalBytes frames = new(state.Journal?.End ?? JournalHeader.Size);
    private readonly List<IReadOnlyList<JournalEntry>> entries = [];

    // What earlier changes of this plan did: the space of an id, or null when it was removed.
    private readonly Dictionary<(string Collection, string Id), MemoryScope?> planned = [];

    /// <summary>The frames, to be appended at the end of the journal.</summary>
    public ReadOnlySpan<byte> Frames => frames.Written;

    /// <summary>What each frame holds.</summary>
    public IReadOnlyList<IReadOnlyList<JournalEntry>> Entries => entries;

    /// <summary>Adds the changes of one call as a frame, unless they change nothing.</summary>
    /// <exception cref="ArgumentException">An id belongs to another space.</exception>
    public void Add(MemoryScope scope, VectorChanges changes)
    {
        List<(string Collection, string Id)> removed =
            changes.Removed.Count == 0 ? [] : [.. changes.Removed.Where(r => OwnerOf(scope, r.Collection, r.Id) is (true, true)).Distinct()];
        var gone = removed.ToHashSet();
        var upserted = new List<VectorRecord>(changes.Upserted.Count);
        foreach (var record in changes.Upserted)
        {
            if (gone.Contains((record.Collection, record.Id)))
            {
                upserted.Add(record);
                continue;
            }

            var (exists, isOwn) = OwnerOf(scope, record.Collection, record.Id);
            if (exists && !isOwn)
            {
                throw new ArgumentException($"The id '{record.Id}' in {record.Collection} cannot be used in this space. Give the record an id of its own.");
            }

            if (!exists || planned.ContainsKey((record.Collection, record.Id)) || !Holds(scope, record))
            {
                upserted.Add(record);
            }
        }

        if (removed.Count + upserted.Count > 0)
        {
            Put(scope, new VectorChanges { Removed = removed, Upserted = upserted });
        }
    }

    /// <inheritdoc />
    public void Dispose() => frames.Dispose();

    private void Put(MemoryScope scope, VectorChanges changes)
    {
        var start = JournalFrame.Begin(frames);
        var written = ChangesPayload.Write(frames, scope, changes);
        JournalFrame.End(frames, start, salt, FrameKind.Changes);
        entries.Add(written);
        foreach (var entry in written)
        {
            planned[(entry.Collection, entry.Id)] = entry.IsRemoval ? null : scope;
        }
    }

    private (bool Exists, bool IsOwn) OwnerOf(MemoryScope scope, string collection, string id) =>
        planned.TryGetValue((collection, id), out var owner) ? (owner is not null, owner == scope) : state.OwnerOf(scope, collection, id);

    private bool Holds(MemoryScope scope, VectorRecord record) =>
        state.Find(scope, record.Collection, record.Id) is { } old && SameVector.Is(old, record);
}
