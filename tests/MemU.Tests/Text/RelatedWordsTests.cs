using MemU.Text;

namespace MemU.Tests.Text;

public sealed class RelatedWordsTests
{
    [Fact]
    public void A_word_leads_to_words_of_like_meaning_by_stems()
    {
        Assert.Contains(TextAnalyzer.Stem("sickness"), TermsOf("illness"));
        Assert.Contains(TextAnalyzer.Stem("puppy"), TermsOf("dogs"));
        Assert.Contains(TextAnalyzer.Stem("traveling"), TermsOf("trips"));
    }

    [Fact]
    public void The_nearest_come_first_and_none_is_nearer_than_the_word_itself()
    {
        foreach (var term in RelatedWords.Table.Terms)
        {
            var row = RelatedWords.Of(term);
            Assert.All(row, r => Assert.InRange(r.Nearness, float.Epsilon, 1));
            Assert.Equal(row.OrderByDescending(r => r.Nearness), row);
            Assert.DoesNotContain(term, row.Select(r => r.Term));
            Assert.Distinct(row.Select(r => r.Term));
        }
    }

    [Fact]
    public void What_is_no_common_word_leads_nowhere()
    {
        Assert.Empty(RelatedWords.Of("zyxquav"));
        Assert.Empty(RelatedWords.Of(""));
        Assert.Empty(RelatedWords.Of("\ud800"));
    }

    [Fact]
    public void A_day_a_month_or_a_number_leads_to_no_other()
    {
        string[] words = ["monday", "sundays", "june", "december", "sept", "two", "seven", "twenty"];
        Assert.All(words, w => Assert.Empty(RelatedWords.Of(TextAnalyzer.Stem(w))));
        Assert.DoesNotContain(TextAnalyzer.Stem("tuesday"), TermsOf("weekend"));
        Assert.DoesNotContain("8", TermsOf("dozen"));
    }

    [Fact]
    public void A_damaged_table_is_refused_with_what_is_wrong()
    {
        var whole = RelatedTable.Write(new Dictionary<string, IReadOnlyList<(string, double)>>(StringComparer.Ordinal) { ["ape"] = [("zoo", 1)], ["zoo"] = [] });
        Assert.Equal(2, new RelatedTable(whole).Count);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => new RelatedTable(whole[..length])).Message);
        }

        Assert.Throws<InvalidDataException>(() => new RelatedTable([.. whole, 0]));
        Assert.Throws<InvalidDataException>(() => new RelatedTable([0xFF, 0xFF, 0xFF, 0x7F, .. whole[4..]]));
        Assert.Throws<InvalidDataException>(() => new RelatedTable([0xFF, 0xFF, 0xFF, 0xFF, .. whole[4..]]));
    }

    [Fact]
    public void Its_terms_are_those_that_texts_are_read_for()
    {
        // Were words stemmed in another way than when the table was made, it would lead nowhere.
        string[] common = ["puppies", "hiking", "children", "bought", "medicine", "families", "guitars", "running", "happily", "companies"];
        Assert.All(common, w => Assert.NotEmpty(RelatedWords.Of(TextAnalyzer.Stem(w))));
    }

    [Fact]
    public void A_table_is_read_as_it_was_written()
    {
        var rows = new Dictionary<string, IReadOnlyList<(string, double)>>(StringComparer.Ordinal)
        {
            ["zoo"] = [("ape", 1), ("émeu", 0.25)], ["ape"] = [], ["émeu"] = [("zoo", 0.5)],
        };
        var table = new RelatedTable(RelatedTable.Write(rows));
        Assert.Equal(["ape", "zoo", "émeu"], table.Terms);
        Assert.Equal([("ape", 1f), ("émeu", 64 / 255f)], table.Of("zoo"));
        Assert.Empty(table.Of("ape"));
        Assert.Equal([("zoo", 128 / 255f)], table.Of("émeu"));
        Assert.Empty(table.Of("apes"));
    }

    private static IEnumerable<string> TermsOf(string word) => RelatedWords.Of(TextAnalyzer.Stem(word)).Select(r => r.Term);
}
