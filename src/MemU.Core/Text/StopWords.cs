using System.Collections.Frozen;

namespace MemU.Text;

/// <summary>English words that say nothing about what a text is about.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> All = (
        "a about above after again against all also am an and any are aren as at be because been before being below between both but by "
        + "can cannot could couldn d did didn do does doesn doing don down during each either else ever few for from further had hadn has hasn "
        + "have haven having he her here hers herself him himself his how i if in into is isn it its itself just let ll m me might mine more "
        + "most much must my myself neither no nor not of off oh ok okay on once only onto or other ought our ours ourselves out over own please "
        + "re s same shall shan she should shouldn so some such t than that the their theirs them themselves then there these they this those "
        + "through to too under until up upon us ve very was wasn we well were weren what when where whether which while who whom whose why will with "
        + "within without won would wouldn yeah yes you your yours yourself yourselves "
        + "im ive dont doesnt didnt cant wont isnt arent wasnt werent thats whats youre theyre aint ain wo")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a folded word that is one.</summary>
    public static bool Contains(string word) => All.Contains(word);
}
