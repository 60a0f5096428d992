using MemU.Files;

namespace MemU.Vectors;

/// <summary>How a vector file is kept.</summary>
internal sealed record JsonFileOptions
{
    /// <summary>How much a write waits for the disk.</summary>
    public VectorDurability Durability { get; init; } = VectorDurability.Normal;

    /// <summary>A JSON file shorter than this gets no index file: reading it takes a few milliseconds.</summary>
    public long LeastIndexed { get; init; } = 1L << 20;

    /// <summary>A journal shorter than this is left until the file is closed: reading it at opening takes some tens of milliseconds, writing it as JSON a second.</summary>
    public long LeastJournal { get; init; } = 64L << 20;

    /// <summary>A journal longer than the snapshot divided by this is folded into it: so each byte of a journal costs a bounded number of bytes of snapshots.</summary>
    public int JournalShare { get; init; } = 8;

    /// <summary>How the state of a file is looked at; a test may let something happen between two looks.</summary>
    public Func<string, FileIdentity> Look { get; init; } = FileIdentity.At;

    /// <summary>Measures how old a look is; a test may stop it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>True when a journal of this length is due.</summary>
    public bool IsDue(long journal, long snapshot) => journal > Math.Max(LeastJournal, snapshot / JournalShare);
}
