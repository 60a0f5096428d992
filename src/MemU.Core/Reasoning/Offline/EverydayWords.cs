using System.Collections.Frozen;
using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>
/// English words that occur in talk about anything. They are no stop words, but they tell texts apart less than others do; without the
/// statistics of a collection this list stands in for rarity. Embeddings depend on it.
/// </summary>
internal static class EverydayWords
{
    private static readonly FrozenSet<string> Stems = (
        "go get make do think know like want good great time day thing really see look come take say tell feel way lot new keep nice "
        + "love work help need use try find give talk ask let always never also still even sure right long little big many people year "
        + "week month today yesterday tomorrow night life back much amazing awesome wow cool hey hi hello thanks thank fun happy glad "
        + "excited one two first last next something anything everything someone everyone kind start put leave call show mean seem share "
        + "sound hear cause bring wait stay maybe actually definitely pretty around away together another every different important special")
        .Split(' ').Select(TextAnalyzer.Stem).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for the stem of one.</summary>
    public static bool Contains(string stem) => Stems.Contains(stem);
}
