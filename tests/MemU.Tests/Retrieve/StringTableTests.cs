using CsCheck;
using MemU.Retrieve.Lexical;

namespace MemU.Tests.Retrieve;

public sealed class StringTableTests
{
    private static readonly Gen<string[]> Terms = Gen.OneOf(Gen.String[Gen.Char['a', 'e'], 0, 3], Gen.String[Gen.Char['\u00e0', '\u4e10'], 1, 70],
        Gen.String[Gen.OneOf(Gen.Char['\0', '\uffff'], Gen.Char['\ud7f0', '\ue010'], Gen.Const('\0'), Gen.Const('\u00ff'), Gen.Const('\ufffd')), 0, 4],
        Gen.Select(Gen.Guid, Gen.Int[0, 9]).Select((id, way) => way == 0 ? id.ToString("N") : way == 1 ? id.ToString().ToUpperInvariant() : id.ToString())).Array[0, 200];

    [Theory]
    [InlineData("as they come")]
    [InlineData("ascending")]
    [InlineData("descending")]
    public void Each_string_has_its_number_and_no_other_is_there(string order) =>
        Terms.Sample(terms =>
        {
            var all = terms.Distinct(StringComparer.Ordinal);
            string[] distinct = order switch
            {
                "ascending" => [.. all.Order(StringComparer.Ordinal)],
                "descending" => [.. all.OrderDescending(StringComparer.Ordinal)],
                _ => [.. all],
            };
            var table = StringTable.From(distinct);
            return table.Count == distinct.Length && distinct.Index().All(t => table.Find(t.Item) == t.Index && table[t.Index] == t.Item)
                && table.Find("absent") == -1 && (distinct.Contains("ab") || table.Find("ab") == -1);
        }, threads: 1);

    [Fact]
    public void Joined_with_another_the_first_keep_their_numbers_and_each_of_the_others_has_one() =>
        Gen.Select(Terms, Terms).Sample((one, two) =>
        {
            string[] first = [.. one.Distinct(StringComparer.Ordinal)], second = [.. two.Distinct(StringComparer.Ordinal)];
            var joined = StringTable.From(first).With(StringTable.From(second), out var numbers);
            return joined.Count == first.Union(second, StringComparer.Ordinal).Count()
                && first.Index().All(t => joined.Find(t.Item) == t.Index && joined[t.Index] == t.Item)
                && second.Index().All(t => joined.Find(t.Item) == numbers[t.Index]);
        }, threads: 1);
}
