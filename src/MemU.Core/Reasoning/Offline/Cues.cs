using System.Collections.Frozen;

namespace MemU.Reasoning.Offline;

/// <summary>English words by which the rules see who a statement is about and what it tells. Folded, not stemmed.</summary>
internal static class Cues
{
    /// <summary>The speaker, alone or with others.</summary>
    public static FrozenSet<string> FirstPerson { get; } = Set("i me my mine myself we us our ours ourselves im ive");

    /// <summary>The person spoken to.</summary>
    public static FrozenSet<string> SecondPerson { get; } = Set("you your yours yourself u ur youre");

    /// <summary>Words that point at something said before.</summary>
    public static FrozenSet<string> Pointing { get; } =
        Set("it its this that these those they them their theirs he him his she her hers there then both such one ones");

    /// <summary>Pronouns of several languages that need somebody or something named before.</summary>
    public static FrozenSet<string> Pronouns { get; } = Set(
        "he him his she her hers it its they them their theirs one ones er ihn ihm sie ihr ihnen il elle lui leur ils elles el ella ellos ellas su sus "
        + "lei loro ele ela eles elas он его ему она ее они их им هو هي هم");

    /// <summary>First words of a reply to what somebody else said.</summary>
    public static FrozenSet<string> Reactions { get; } = Set(
        "wow whoa woah woohoo yay gosh omg that that's thats sounds sound great awesome amazing nice cool congrats congratulations good glad thanks thank totally absolutely "
        + "exactly agreed agree aww aw yay lol haha happy keep way hope hey hi hello bye sorry oh no yes yep yeah sure ok okay definitely "
        + "fantastic wonderful perfect excellent impressive beautiful lovely welcome right true indeed certainly understood got noted");

    /// <summary>Short answers that need their question.</summary>
    public static FrozenSet<string> Answers { get; } = Set("yes yep yeah yup yea ya no nope nah sure not because cause about maybe just only since mostly");

    /// <summary>Verbs of the past whose form no ending tells.</summary>
    public static FrozenSet<string> Past { get; } = Set(
        "went took made saw got gave came ran met found bought brought ate drove flew wrote won lost left felt told said began started spent taught heard "
        + "held kept led built sent sold caught chose fell grew knew slept spoke stood swam threw wore woke understood broke became drank rode sang "
        + "sat paid learnt thought fought hid hung drew blew bit forgot forgave hurt cut put quit read rang rose shot shut stole stuck swore tore won woke ended gone been done seen taken given eaten written");

    /// <summary>Words in -ed that describe a state rather than what happened.</summary>
    public static FrozenSet<string> States { get; } = Set(
        "need excited interested tired bored worried concerned scared pleased thrilled amazed inspired motivated married related used supposed indeed "
        + "based limited advanced detailed balanced organized stressed overwhelmed determined committed dedicated red bed shed speed feed seed "
        + "hundred sacred blessed beloved naked wicked kindred embed exceed proceed succeed breed bleed greed indeed");

    /// <summary>Words that tell of a routine.</summary>
    public static FrozenSet<string> Routine { get; } = Set(
        "usually always often never rarely regularly habit habits routine routines normally typically generally "
        + "frequently sometimes occasionally tend tends ritual tradition");

    /// <summary>Words that tell of a routine when the speaker talks of himself; payments are monthly too.</summary>
    public static FrozenSet<string> RoutineOfMine { get; } = Set("daily weekly monthly nightly");

    /// <summary>First words of a request: what is asked of the other is no memory.</summary>
    public static FrozenSet<string> Requests { get; } = Set(
        "give show tell send provide describe explain write list create make help let lets please rewrite generate add compare summarize summarise continue "
        + "elaborate translate fix convert find check look look's rephrase expand include use suggest recommend propose draft act imagine pretend answer put remove "
        + "change replace correct improve analyze analyse calculate do don't dont try take");

    /// <summary>Words with which somebody asks to be remembered.</summary>
    public static FrozenSet<string> Reminders { get; } = Set("remember remind note forget");

    /// <summary>First words of a question.</summary>
    public static FrozenSet<string> Asking { get; } = Set("how what why when where who which whose");

    /// <summary>Second words of a question.</summary>
    public static FrozenSet<string> AskingNext { get; } = Set("do does did is are was were can could would should will shall many much about to has have had if else");

    /// <summary>First words of a question that is answered with yes or no.</summary>
    public static FrozenSet<string> AskingYesNo { get; } = Set("can could would will should do does did is are was were have has shall may");

    /// <summary>What comes after "every" or "each" when it tells of a routine.</summary>
    public static FrozenSet<string> Recurring { get; } = Set(
        "day week month year morning evening night afternoon weekend time summer winter spring fall autumn hour minutes days weeks months "
        + "monday tuesday wednesday thursday friday saturday sunday single other few two three");

    /// <summary>Days in the plural: "on Mondays".</summary>
    public static FrozenSet<string> PluralDays { get; } = Set("mondays tuesdays wednesdays thursdays fridays saturdays sundays weekends mornings evenings nights weekdays");

    /// <summary>Verbs of the present that tell who somebody is and what he wants and likes.</summary>
    public static FrozenSet<string> Lasting { get; } = Set(
        "am live work study love like enjoy prefer hate dislike want need have own speak believe feel plan hope dream wish intend aim "
        + "is are favorite favourite named called allergic vegetarian vegan married single from lives works likes loves prefers has wants "
        + "interested passionate fond fan keen planning hoping trying learning studying working living looking saving thinking considering "
        + "goal goals born age old name can will gonna remember mean care use makes make helps help");

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
