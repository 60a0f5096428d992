using CsCheck;
using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class TopKTests
{
    [Fact]
    public void It_keeps_what_sorting_everything_would_keep() =>
        Gen.Select(Gen.Int[1, 20], Gen.Select(Gen.Int[-3, 3], Gen.String[Gen.Char['a', 'c'], 1, 3]).Array[0, 60]).Sample((limit, rows) =>
        {
            var top = new TopK(limit);
            var distinct = rows.DistinctBy(r => r.Item2).ToArray();
            foreach (var (score, id) in distinct)
            {
                top.Offer(new VectorId(id), score);
            }

            var expected = distinct.OrderByDescending(r => r.Item1).ThenBy(r => r.Item2, StringComparer.Ordinal).Take(limit).Select(r => (r.Item2, (double)r.Item1));
            return expected.SequenceEqual(top.TakeAll().Select(h => (h.Value, h.Score)));
        });

    [Fact]
    public void The_quick_test_never_turns_away_what_would_be_kept() =>
        Gen.Int[-3, 3].Array[0, 40].Sample(scores =>
        {
            var (quick, full) = (new TopK(5), new TopK(5));
            for (var i = 0; i < scores.Length; i++)
            {
                var id = $"{i * 7 % 40:00}";
                full.Offer(new VectorId(id), scores[i]);
                if (quick.Wants(scores[i]))
                {
                    quick.Offer(new VectorId(id), scores[i]);
                }
            }

            return full.TakeAll().SequenceEqual(quick.TakeAll());
        });
}
