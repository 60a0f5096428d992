using System.Collections.Frozen;
using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>Words by which names and descriptions of types and categories speak about themselves, not about their subject.</summary>
internal static class Generic
{
    private static readonly FrozenSet<string> Stems = (
        "interest interests user users person people information info about memory memories item items fact facts thing things anything everything related relating "
        + "extract find list note record remember describe description mention mentioned statement statements content text type kind category "
        + "general other others various specific detail details past current conversation conversations message messages document documents "
        + "data topic topics name names life time personal professional learned new")
        .Split(' ').Select(TextAnalyzer.Stem).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The terms that are about a subject.</summary>
    public static IEnumerable<string> Without(IEnumerable<string> terms) => terms.Where(t => !Stems.Contains(t));
}
