using System.Collections.Immutable;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.InMemory;

/// <summary>What models have embedded of one space's texts. Immutable: every commit gives another one.</summary>
internal sealed record InMemoryEmbeddedTexts
{
    public static InMemoryEmbeddedTexts Empty { get; } = new();

    private ImmutableDictionary<(string Collection, string Id), ImmutableArray<EmbeddedText>> ByRecord { get; init; } =
        ImmutableDictionary<(string, string), ImmutableArray<EmbeddedText>>.Empty;

    private ImmutableSortedSet<(string Hash, string Collection, string Id)> ByHash { get; init; } =
        ImmutableSortedSet.Create<(string Hash, string Collection, string Id)>(Comparer<(string Hash, string Collection, string Id)>.Create(Compare));

    /// <summary>Of this model and these texts, in order of id.</summary>
    public IReadOnlyList<EmbeddedText> Find(string model, IReadOnlyCollection<string> textHashes) =>
    [
        .. from hash in textHashes.Distinct(StringComparer.Ordinal)
           from entry in ByHash.From((Hash: hash, Collection: "", Id: "")).TakeWhile(e => e.Hash == hash)
           from text in ByRecord[(entry.Collection, entry.Id)]
           where text.Model == model && text.TextHash == hash
           select text,
    ];

    /// <summary>
    /// After a commit: nothing of what it removes; vectors whose place another model's takes; and what the index gets, while what models made of a record's
    /// former words is forgotten.
    /// </summary>
    public InMemoryEmbeddedTexts After(VectorChanges vectors, IReadOnlyList<VectorRecord> former)
    {
        if (vectors.Removed.Count + vectors.Upserted.Count + former.Count == 0)
        {
            return this;
        }

        var (byRecord, byHash) = (ByRecord.ToBuilder(), ByHash.ToBuilder());
        foreach (var (collection, id) in vectors.Removed)
        {
            Forget(collection, id, _ => true);
        }

        foreach (var vector in former)
        {
            if (EmbeddedText.OfFormer(vector) is { } text)
            {
                Remember(text with { Vector = text.Vector!.Value.ToArray() });
            }
        }

        foreach (var vector in vectors.Upserted)
        {
            var text = EmbeddedText.Of(vector);
            if (vector.Text is not null && byRecord.ContainsKey((vector.Collection, vector.Id)))
            {
                var hash = text?.TextHash ?? EmbeddedText.HashOf(vector.Text);
                Forget(vector.Collection, vector.Id, t => t.TextHash != hash);
            }

            if (text is not null)
            {
                Remember(text);
            }
        }

        return new InMemoryEmbeddedTexts { ByRecord = byRecord.ToImmutable(), ByHash = byHash.ToImmutable() };

        void Remember(EmbeddedText text)
        {
            Forget(text.Collection, text.Id, t => t.Model == text.Model);
            var key = (text.Collection, text.Id);
            byRecord[key] = byRecord.TryGetValue(key, out var others) ? others.Add(text) : [text];
            byHash.Add((text.TextHash, text.Collection, text.Id));
        }

        void Forget(string collection, string id, Predicate<EmbeddedText> isGone)
        {
            if (!byRecord.TryGetValue((collection, id), out var texts))
            {
                return;
            }

            var left = texts.RemoveAll(isGone);
            foreach (var hash in texts.Select(t => t.TextHash).Except(left.Select(t => t.TextHash)))
            {
                byHash.Remove((hash, collection, id));
            }

            if (left.IsEmpty)
            {
                byRecord.Remove((collection, id));
            }
            else
            {
                byRecord[(collection, id)] = left;
            }
        }
    }

    private static int Compare((string Hash, string Collection, string Id) a, (string Hash, string Collection, string Id) b)
    {
        var byHash = string.CompareOrdinal(a.Hash, b.Hash);
        var byId = byHash != 0 ? byHash : string.CompareOrdinal(a.Id, b.Id);
        return byId != 0 ? byId : string.CompareOrdinal(a.Collection, b.Collection);
    }
}
