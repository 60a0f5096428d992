using MemU.Commit;
using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>What a batch of records of one type means for the space as it is now.</summary>
internal sealed record ImportStep
{
    /// <summary>What to commit, without vectors that have to be made.</summary>
    public MemoryChanges Changes { get; init; } = new();

    /// <summary>What has to be embedded when the file brings no vectors.</summary>
    public IReadOnlyList<TextToEmbed> Texts { get; init; } = [];

    /// <summary>New records by type.</summary>
    public IReadOnlyDictionary<string, long> Added { get; init; } = new Dictionary<string, long>();

    /// <summary>Records that were there already.</summary>
    public long Unchanged { get; init; }

    /// <summary>Records that refer to nothing.</summary>
    public long Dangling { get; init; }

    /// <summary>The same with vectors that are committed together with it.</summary>
    public ImportStep With(ImportStep vectors) => this with
    {
        Changes = Changes with { Vectors = vectors.Changes.Vectors },
        Added = Added.Concat(vectors.Added).ToDictionary(),
        Unchanged = Unchanged + vectors.Unchanged,
        Dangling = Dangling + vectors.Dangling,
    };

    /// <summary>False when there is nothing to commit.</summary>
    public bool IsEmpty => Added.Values.All(n => n == 0) && Changes.Resources.Count == 0 && Changes.Summaries.Count == 0;
}
