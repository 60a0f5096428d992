using System.Collections.Immutable;
using MemU.Storage;

namespace MemU.InMemory;

/// <summary>What models have embedded of one space's texts. Immutable: every change gives another one.</summary>
internal sealed record InMemoryEmbeddedTexts
{
    public static InMemoryEmbeddedTexts Empty { get; } = new();

    private ImmutableDictionary<(string Collection, string Id), ImmutableList<EmbeddedText>> ByRecord { get; init; } =
        ImmutableDictionary<(string, string), ImmutableList<EmbeddedText>>.Empty;

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

    /// <summary>With a vector that the index gets; what models made of the record's former words is forgotten.</summary>
    public InMemoryEmbeddedTexts WithVector(VectorRecord vector)
    {
        var rest = vector.Text is { } text ? Without(vector.Collection, vector.Id, t => t.TextHash != EmbeddedText.HashOf(text)) : this;
        return EmbeddedText.Of(vector) is { } embedded ? rest.With(embedded) : rest;
    }

    /// <summary>With a vector whose place another model's takes.</summary>
    public InMemoryEmbeddedTexts WithFormer(VectorRecord vector) =>
        EmbeddedText.OfFormer(vector) is { } former ? With(former with { Vector = former.Vector!.Value.ToArray() }) : this;

    /// <summary>Without anything of a record.</summary>
    public InMemoryEmbeddedTexts Without(string collection, string id) => Without(collection, id, _ => true);

    private static int Compare((string Hash, string Collection, string Id) a, (string Hash, string Collection, string Id) b)
    {
        var byHash = string.CompareOrdinal(a.Hash, b.Hash);
        var byId = byHash != 0 ? byHash : string.CompareOrdinal(a.Id, b.Id);
        return byId != 0 ? byId : string.CompareOrdinal(a.Collection, b.Collection);
    }

    private InMemoryEmbeddedTexts With(EmbeddedText text)
    {
        var rest = Without(text.Collection, text.Id, t => t.Model == text.Model);
        var key = (text.Collection, text.Id);
        return new InMemoryEmbeddedTexts
        {
            ByRecord = rest.ByRecord.SetItem(key, (rest.ByRecord.GetValueOrDefault(key) ?? []).Add(text)),
            ByHash = rest.ByHash.Add((text.TextHash, text.Collection, text.Id)),
        };
    }

    private InMemoryEmbeddedTexts Without(string collection, string id, Predicate<EmbeddedText> isGone)
    {
        if (!ByRecord.TryGetValue((collection, id), out var texts))
        {
            return this;
        }

        var left = texts.RemoveAll(isGone);
        return left.Count == texts.Count ? this : new InMemoryEmbeddedTexts
        {
            ByRecord = left.IsEmpty ? ByRecord.Remove((collection, id)) : ByRecord.SetItem((collection, id), left),
            ByHash = ByHash.Except(texts.Select(t => t.TextHash).Except(left.Select(t => t.TextHash)).Select(h => (h, collection, id))),
        };
    }
}
