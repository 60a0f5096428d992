using System.Collections.Frozen;

namespace MemU.Text;

/// <summary>English forms that no ending tells apart, and their base: went → go, children → child. Number words are digits.</summary>
internal static class IrregularForms
{
    private const string Table =
        "arise:arose,arisen awake:awoke,awoken bear:bore,borne beat:beaten become:became begin:began,begun bend:bent bind:bound bite:bit,bitten "
        + "bleed:bled blow:blew,blown break:broke,broken breed:bred bring:brought build:built burn:burnt buy:bought catch:caught "
        + "choose:chose,chosen cling:clung come:came creep:crept deal:dealt die:died,dies,dying dig:dug draw:drew,drawn dream:dreamt "
        + "drink:drank,drunk drive:drove,driven eat:ate,eaten fall:fell,fallen feed:fed feel:felt fight:fought find:found flee:fled fling:flung "
        + "fly:flew,flown,flies forbid:forbade,forbidden forget:forgot,forgotten forgive:forgave,forgiven freeze:froze,frozen get:got,gotten "
        + "give:gave,given go:went,gone,goes grind:ground grow:grew,grown hang:hung hear:heard hide:hid,hidden hold:held keep:kept kneel:knelt "
        + "know:knew,known lay:laid lead:led lean:leant learn:learnt leave:left lend:lent lie:lied,lies,lying,lain light:lit lose:lost make:made mean:meant "
        + "meet:met mistake:mistook,mistaken overcome:overcame pay:paid prove:proven quit:quitting ride:rode,ridden ring:rang,rung "
        + "rise:rose,risen run:ran,running say:said see:saw,seen seek:sought sell:sold send:sent sew:sewn shake:shook,shaken shine:shone shoot:shot "
        + "show:shown shrink:shrank,shrunk sing:sang,sung sink:sank,sunk sit:sat sleep:slept slide:slid sling:slung smell:smelt speak:spoke,spoken "
        + "speed:sped spell:spelt spend:spent spill:spilt spin:spun spring:sprang,sprung stand:stood steal:stole,stolen stick:stuck sting:stung "
        + "strike:struck,stricken strive:strove,striven swear:swore,sworn sweep:swept swell:swollen swim:swam,swum swing:swung take:took,taken teach:taught "
        + "tear:tore,torn tell:told think:thought throw:threw,thrown tie:tied,ties,tying undergo:underwent,undergone understand:understood "
        + "undertake:undertook,undertaken wake:woke,woken wear:wore,worn weave:wove,woven weep:wept win:won wind:wound withdraw:withdrew,withdrawn "
        + "write:wrote,written child:children man:men woman:women person:people foot:feet tooth:teeth mouse:mice goose:geese "
        + "wife:wives knife:knives shelf:shelves half:halves loaf:loaves wolf:wolves thief:thieves scarf:scarves calf:calves "
        + "good:better,best bad:worse,worst far:farther,farthest,further,furthest mom:mum,mommy,mummy dad:daddy "
        + "grandmother:grandma grandfather:grandpa photo:photograph,photographs bicycle:bike,bikes television:tv,tvs "
        + "2:two,twice 3:three,thrice 4:four 5:five 6:six 7:seven 8:eight 9:nine 10:ten 11:eleven 12:twelve 13:thirteen 14:fourteen 15:fifteen "
        + "16:sixteen 17:seventeen 18:eighteen 19:nineteen 20:twenty 30:thirty 40:forty 50:fifty 60:sixty 70:seventy 80:eighty 90:ninety";

    private static readonly FrozenDictionary<string, string> Bases = Table.Split(' ')
        .Select(entry => entry.Split(':'))
        .SelectMany(entry => entry[1].Split(',').Select(form => KeyValuePair.Create(form, entry[0])))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True for a number in digits or words, from two on.</summary>
    public static bool IsNumber(Token token) =>
        token.Kind == TokenKind.Number || (token.Kind == TokenKind.Word && char.IsAsciiDigit(BaseOf(token.Text)[0]));

    /// <summary>The base of an irregular form; the word itself when it is none.</summary>
    public static string BaseOf(string word) => Bases.GetValueOrDefault(word, word);
}
