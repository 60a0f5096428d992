using System.Collections.Frozen;

namespace MemU.Text;

/// <summary>Short forms whose full stop does not end a sentence.</summary>
internal static class Abbreviations
{
    private static readonly FrozenSet<string> All = (
        "mr mrs ms dr prof sr jr st mt rev hon gen col sgt capt lt cmdr gov sen rep pres "
        + "vs etc eg e.g ie i.e cf al ca approx est fig figs vol ed eds pp no nos sec ch art "
        + "inc ltd co corp dept univ assn bros jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun "
        + "ave blvd rd ft oz lb lbs min hrs tel ext a.m p.m u.s u.k u.n ph.d b.a m.a d.c "
        + "z.b d.h u.a usw bzw ggf evtl vgl nr str hr fr mme mlle")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // These often end a sentence too, so what comes next decides.
    private static readonly FrozenSet<string> MayEnd =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "etc", "a.m", "p.m", "inc", "co", "ltd", "u.s", "u.k", "usw", "sun", "sat", "no", "min", "ed", "art", "est", "al", "mar", "fig");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = All.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> MayEndLookup = MayEnd.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True when the full stop after this word belongs to the word.</summary>
    /// <param name="word">What stands before the full stop, back to the blank.</param>
    /// <param name="nextIsUpper">True when the next word starts like a sentence.</param>
    public static bool Keeps(ReadOnlySpan<char> word, bool nextIsUpper)
    {
        if (word.Length == 1)
        {
            // an initial, but not the pronoun
            return char.IsUpper(word[0]) && word[0] != 'I';
        }

        return Lookup.Contains(word) && !(nextIsUpper && MayEndLookup.Contains(word));
    }
}
