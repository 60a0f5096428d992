using CsCheck;
using MemU.Retrieve.Lexical;

namespace MemU.Tests.Retrieve;

public sealed class TermTableTests
{
    private static readonly Gen<string[]> Terms = Gen.OneOf(Gen.String[Gen.Char['a', 'e'], 0, 3], Gen.String[Gen.Char['\u00e0', '\u4e10'], 1, 70]).Array[0, 200];

    [Fact]
    public void Each_term_has_its_number_and_no_other_is_there() =>
        Terms.Sample(terms =>
        {
            string[] distinct = [.. terms.Distinct(StringComparer.Ordinal)];
            var table = TermTable.Of(distinct);
            return table.Count == distinct.Length && distinct.Index().All(t => table.Find(t.Item) == t.Index)
                && table.Find("absent") == -1 && (distinct.Contains("ab") || table.Find("ab") == -1);
        }, threads: 1);

    [Fact]
    public void Joined_with_another_the_first_keep_their_numbers_and_each_of_the_others_has_one() =>
        Gen.Select(Terms, Terms).Sample((one, two) =>
        {
            string[] first = [.. one.Distinct(StringComparer.Ordinal)], second = [.. two.Distinct(StringComparer.Ordinal)];
            var joined = TermTable.Of(first).With(TermTable.Of(second), out var numbers);
            return joined.Count == first.Union(second, StringComparer.Ordinal).Count()
                && first.Index().All(t => joined.Find(t.Item) == t.Index)
                && second.Index().All(t => joined.Find(t.Item) == numbers[t.Index]);
        }, threads: 1);
}
