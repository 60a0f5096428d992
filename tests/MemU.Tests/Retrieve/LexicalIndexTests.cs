using CsCheck;
using MemU.Retrieve.Lexical;

namespace MemU.Tests.Retrieve;

public sealed class LexicalIndexTests
{
    private static readonly Gen<string[][]> Documents = Gen.OneOf(Gen.Const("a"), Gen.Const("b"), Gen.Const("c"), Gen.Const("d")).Array[0, 8].Array[0, 12];

    private static LexicalIndex Build(string[][] documents)
    {
        var builder = new LexicalIndexBuilder();
        foreach (var document in documents)
        {
            builder.Add(document);
        }

        return builder.Build();
    }

    [Fact]
    public void Scores_are_those_of_the_formula() => Documents.Sample(documents =>
    {
        var scores = Build(documents).ScoresOf("a", "c");
        var average = documents.Length == 0 ? 0 : Math.Max(1, documents.Average(d => d.Length));
        return scores.Select((s, i) => Math.Abs(s - new[] { "a", "c" }.Where(t => documents[i].Contains(t)).Sum(t =>
        {
            double n = documents.Count(d => d.Contains(t)), tf = documents[i].Count(x => x == t);
            return Math.Log(1 + ((documents.Length - n + 0.5) / (n + 0.5))) * tf * 1.6 / (tf + (0.6 * (0.6 + (0.4 * documents[i].Length / average))));
        }))).All(difference => difference < 1e-4);
    });

    [Fact]
    public void Documents_dropped_and_put_between_leave_what_an_index_made_anew_holds() =>
        Gen.Select(Documents, Documents, Gen.Int[0, 2].Array[24]).Sample((old, added, ways) =>
        {
            // 0: the next old one stays; 1: it goes; 2: one is put there.
            var (numbers, addedNumbers, all, next, more) = (Enumerable.Repeat(-1, old.Length).ToArray(), new List<int>(), new List<string[]>(), 0, 0);
            foreach (var way in ways.Concat(Enumerable.Repeat(0, old.Length)).Concat(Enumerable.Repeat(2, added.Length)))
            {
                if (way == 2 && more < added.Length)
                {
                    addedNumbers.Add(all.Count);
                    all.Add(added[more++]);
                }
                else if (way < 2 && next < old.Length)
                {
                    numbers[next] = way == 0 ? all.Count : -1;
                    all.AddRange(way == 0 ? [old[next]] : []);
                    next++;
                }
            }

            // Twice, since what was dropped leaves its terms behind.
            var (incremental, anew) = (Build(old).With(numbers, Build(added), [.. addedNumbers]).With(null, Build(old), null), Build([.. all, .. old]));
            return incremental.Count == anew.Count && incremental.Lengths.SequenceEqual(anew.Lengths) && incremental.AverageLength == anew.AverageLength
                && new[] { "a", "b", "c", "d" }.All(t => incremental.Has(t) == anew.Has(t)) && incremental.ScoresOf("d", "a", "b").SequenceEqual(anew.ScoresOf("d", "a", "b"));
        });

    [Fact]
    public void Moods_stay_with_their_documents_when_indexes_are_joined() =>
        Gen.Select(Gen.Select(Gen.OneOf(Gen.Const("a"), Gen.Const("b")), Gen.Int[1, 7]).Array[0, 4].Array[0, 12], Gen.Int[0, 12]).Sample((documents, cut) =>
        {
            LexicalIndex Of(IEnumerable<(string Term, int Mood)[]> some)
            {
                var builder = new LexicalIndexBuilder();
                foreach (var document in some)
                {
                    builder.Add([.. document.Select(d => d.Term)], [.. document.Select(d => (Mood)d.Mood)]);
                }

                return builder.Build();
            }

            var (joined, atOnce) = (Of(documents.Take(cut)).With(null, Of(documents.Skip(cut)), null), Of(documents));
            return new[] { "a", "b" }.All(term => Read(joined.Find(term)).SequenceEqual(Read(atOnce.Find(term))));

            static List<(int, ushort, Mood)> Read(Postings postings)
            {
                var read = new List<(int, ushort, Mood)>();
                while (postings.Next())
                {
                    read.Add((postings.Document, postings.Frequency, postings.Mood));
                }

                return read;
            }
        });

    [Fact]
    public void A_term_that_does_not_occur_is_found_nowhere()
    {
        var found = Build([["a"], ["b"]]).Find("z");
        Assert.Equal(0, found.Count);
    }

    [Fact]
    public void A_term_of_dropped_documents_does_not_occur_any_more()
    {
        var index = Build([["a"], ["a", "b"]]).With([0, -1], Build([]), []);
        Assert.Equal((true, false), (index.Has("a"), index.Has("b")));
    }

    [Fact]
    public void Postings_are_read_as_they_were_written() =>
        Gen.Select(Gen.Int[0, 3_000_000].Array[0, 40], Gen.UShort).Sample((numbers, seed) =>
        {
            (int Document, ushort Frequency, Mood Mood)[] all = [.. numbers.Distinct().Order().Select((n, i) => (n, (ushort)Math.Max(1, i % 3 == 0 ? seed : 1), (Mood)((i + seed) % 8)))];
            var writer = new PostingsWriter();
            writer.Begin(all.Length);
            foreach (var (document, frequency, mood) in all)
            {
                writer.Add(document, frequency, mood);
            }

            writer.End();
            var (bytes, starts) = writer.Finish();
            var read = new List<(int, ushort, Mood)>();
            for (var postings = new Postings(bytes); postings.Next();)
            {
                read.Add((postings.Document, postings.Frequency, postings.Mood));
            }

            return all.SequenceEqual(read) && starts.SequenceEqual([0, bytes.Length]);
        });
}
