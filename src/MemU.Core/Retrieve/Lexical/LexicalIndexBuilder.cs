using System.Runtime.InteropServices;

namespace MemU.Retrieve.Lexical;

/// <summary>
/// Collects documents and makes a <see cref="LexicalIndex"/>. Documents are kept term by term in the order of adding; one counting sort at the
/// end turns that into postings, so that no list per term is ever grown. Not thread-safe.
/// </summary>
internal sealed class LexicalIndexBuilder
{
    private readonly Dictionary<string, int> terms = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (ushort Frequency, Mood Mood)> inDocument = [];
    private readonly List<int> termIds = [];
    private readonly List<(ushort Frequency, Mood Mood)> occurrences = [];
    private readonly List<int> documentStarts = [0];
    private readonly List<ushort> lengths = [];
    private readonly List<int> documentCounts = [];

    /// <summary>Documents so far.</summary>
    public int Count => lengths.Count;

    /// <summary>Adds the next document by its terms, repeated ones as often as they occur.</summary>
    /// <param name="document">The terms.</param>
    /// <param name="moods">The mood of each; null when all are told.</param>
    public void Add(IReadOnlyList<string> document, IReadOnlyList<Mood>? moods = null)
    {
        inDocument.Clear();
        for (var i = 0; i < document.Count; i++)
        {
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(terms, document[i], out var known);
            if (!known)
            {
                id = terms.Count - 1;
                documentCounts.Add(0);
            }

            ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(inDocument, id, out _);
            seen = ((ushort)Math.Min(seen.Frequency + 1, ushort.MaxValue), seen.Mood | (moods?[i] ?? Mood.Told));
        }

        foreach (var (id, seen) in inDocument)
        {
            termIds.Add(id);
            occurrences.Add(seen);
            documentCounts[id]++;
        }

        documentStarts.Add(termIds.Count);
        lengths.Add((ushort)Math.Min(document.Count, ushort.MaxValue));
    }

    /// <summary>The index of everything added; the builder is of no use afterwards.</summary>
    public LexicalIndex Build()
    {
        var starts = new int[terms.Count + 1];
        for (var id = 0; id < terms.Count; id++)
        {
            starts[id + 1] = starts[id] + documentCounts[id];
        }

        var next = starts.AsSpan(0, terms.Count).ToArray();
        var documents = new int[termIds.Count];
        var sorted = new (ushort Frequency, Mood Mood)[termIds.Count];
        for (var document = 0; document < lengths.Count; document++)
        {
            for (var i = documentStarts[document]; i < documentStarts[document + 1]; i++)
            {
                var place = next[termIds[i]]++;
                documents[place] = document;
                sorted[place] = occurrences[i];
            }
        }

        var postings = new PostingsWriter();
        for (var id = 0; id < terms.Count; id++)
        {
            postings.Begin(documentCounts[id]);
            for (var i = starts[id]; i < starts[id + 1]; i++)
            {
                postings.Add(documents[i], sorted[i].Frequency, sorted[i].Mood);
            }

            postings.End();
        }

        // Nothing was ever removed: the entries stand in the order of their numbers.
        return new LexicalIndex(StringTable.From(terms.Keys), postings, [.. lengths]);
    }
}
