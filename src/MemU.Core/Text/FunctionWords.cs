using System.Collections.Frozen;

namespace MemU.Text;

/// <summary>
/// Words without content of some other languages, folded. They only count where a text is known not to be English: there
/// "die" and "war" would be lost.
/// </summary>
internal static class FunctionWords
{
    private static readonly FrozenSet<string> All = (
        // German, Dutch
        "ich du er sie es wir ihr mich dich sich mir dir ihm ihn ihnen uns euch mein dein sein unser euer meine deine seine ihre unsere eure meinen meinem meiner seinen seinem seiner ihren ihrem ihrer der die das den dem des ein eine einen einem einer "
        + "und oder aber denn weil dass ob wenn als wie wo was wer nicht kein keine ist sind war waren bin bist hat habe haben hatte wird werden wurde kann konnte muss soll will "
        + "auch noch nur schon sehr so dann da hier dort im in am an auf aus bei mit nach seit von vom zu zum zur fur uber unter durch ja nein doch mal ganz gut toll schon super "
        + "ik jij hij zij wij jullie het een van voor niet geen maar ook dat dit deze die was zijn heb heeft heel goed leuk "
        // French, Spanish, Italian, Portuguese
        + "je tu il elle on nous vous ils elles me te se le la les un une des du de au aux et ou mais que qui quoi ce cet cette ces mon ma mes ton ta tes son sa ses "
        + "est suis es sommes etes sont etait ai as avons avez ont pas ne plus tres bien bon dans sur sous avec pour par oui non comme si "
        + "yo el ella nosotros ellos los las lo una unos unas del al y o pero porque como cuando donde quien mi mis tus su sus soy eres somos son fue era he ha han muy mas ya si no con sin para por en este esta esto "
        + "io lui lei noi voi loro gli uno di da nel con per tra fra e ma perche sono sei siamo ho hai abbiamo hanno molto non questo questa che chi "
        + "eu ele ela nos eles os as um uma em no na do dos das com por para mas nao sim muito sou sao foi tem esse essa isso "
        // Russian, Ukrainian
        + "я ты он она оно мы вы они меня тебя его ее нас вас их мне тебе нам вам и а но или что как где когда кто это эта этот не ни да нет в во на с со к у о от до из по для за был была было были есть очень уже еще так же бы "
        + "ти він вона ми ви вони мене його її та або але що як де коли хто це не ні так у в на з до від для за був була дуже вже ще "
        // Arabic
        + "في من على إلى عن ما ماذا متى أين كيف هل هذا هذه ذلك التي الذي كان كانت هو هي هم أنا نحن أنت أن إن لا لم لن قد مع أي كم لماذا و أو ثم بعد قبل عند كل")
        .Split(' ').Select(w => Tokenizer.Fold(w)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a folded word that is one.</summary>
    public static bool Contains(string word) => All.Contains(word);
}
