using System.Collections.Frozen;
using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>English words that speak for one of the default categories. Stems.</summary>
internal static class CategoryLexicon
{
    /// <summary>The words of a category by its name.</summary>
    public static FrozenDictionary<string, FrozenSet<string>> Words { get; } = new Dictionary<string, FrozenSet<string>>
    {
        ["personal_info"] = Set(
            "name birthday born age live address hometown native nationality citizen country city town moved phone email gender single religion "
            + "education degree university college graduate school language height allergy allergic blood health diagnose condition disability identity roots"),
        ["preferences"] = Set(
            "like love prefer favorite favourite hate dislike enjoy adore fan fond taste vegetarian vegan allergic obsess passion choice rather appeal crave avoid"),
        ["relationships"] = Set(
            "mother father parent mom dad sister brother sibling wife husband spouse partner girlfriend boyfriend fiance daughter son child kid baby family "
            + "grandmother grandfather aunt uncle cousin nephew niece friend friendship neighbor neighbour roommate colleague mentor date marry marriage "
            + "wedding divorce engaged relationship"),
        ["activities"] = Set(
            "hobby play game paint draw pottery craft sew knit photography run jog hike walk swim camp bike cycle climb ski surf yoga gym workout exercise "
            + "dance sing music guitar piano violin band concert read book novel movie film cook bake garden travel trip vacation museum festival fish "
            + "chess soccer football basketball baseball tennis golf race marathon volunteer sport picnic beach"),
        ["goals"] = Set(
            "goal dream aim aspire aspiration ambition objective plan want hope wish intend target resolution achieve pursue save become improve someday eventually gonna strive"),
        ["experiences"] = Set(
            "visit attend trip travel happen event experience adventure journey celebrate celebration party ceremony accident moment memory conference workshop wedding graduation"),
        ["knowledge"] = Set(
            "learn fact definition theory research study science history method technique formula algorithm principle concept discover understand mean refer consist"),
        ["opinions"] = Set("think believe opinion feel agree disagree view perspective argue consider convince should important matter value worth seem"),
        ["habits"] = Set("usually always every daily weekly routine habit regular regularly often never morning schedule normally typically tend ritual each practice"),
        ["work_life"] = Set(
            "job work career boss manager colleague coworker office company business client customer project deadline meeting salary promotion interview "
            + "profession professional employ employer employee hire team startup freelance intern internship resume contract budget investor product "
            + "engineer developer teacher nurse doctor lawyer designer shift industry store shop studio"),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static FrozenSet<string> Set(string words) => words.Split(' ').Select(TextAnalyzer.Stem).ToFrozenSet(StringComparer.Ordinal);
}
