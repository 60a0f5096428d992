using MemU.Text;

namespace MemU.Tests.Text;

public sealed class KindsTests
{
    [Fact]
    public void A_kind_leads_to_what_is_of_it_by_stems()
    {
        Assert.Contains(TextAnalyzer.Stem("puppies"), Kinds.MembersOf(TextAnalyzer.Stem("pets")));
        Assert.Contains(TextAnalyzer.Stem("hiking"), Kinds.MembersOf(TextAnalyzer.Stem("hobbies")));
    }

    [Fact]
    public void What_is_no_kind_leads_nowhere() => Assert.Empty(Kinds.MembersOf("puppi"));

    [Fact]
    public void No_kind_leads_to_itself() => Assert.DoesNotContain("pet", Kinds.MembersOf("pet"));
}
