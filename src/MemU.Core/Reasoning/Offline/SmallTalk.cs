using System.Collections.Frozen;
using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>Greetings, thanks, agreement and applause: talk in which there is nothing to remember and nothing to look up.</summary>
internal static class SmallTalk
{
    private const int LongestPhrase = 5;

    // Sentences that consist of these words alone say nothing.
    private static readonly FrozenSet<string> Words = (
        "hi hello hey heya hiya yo greetings morning afternoon evening night good bye goodbye cya later soon see talk chat catch farewell "
        + "thanks thank thx ty cheers appreciate grateful welcome pleasure worries problem sorry excuse "
        + "ok okay k kk alright right sure yes yep yeah yup yea ya no nope nah fine great nice cool awesome amazing perfect wonderful lovely "
        + "fantastic excellent brilliant super sweet neat wow whoa woah woo woohoo yay hurray hooray gosh omg phew yikes ugh oops haha hahaha lol lmao hehe oh ah aww aw ooh hmm hm um uh well so "
        + "absolutely definitely totally exactly indeed agree agreed agreement understood gotcha got roger noted done true course certainly "
        + "glad happy congrats congratulations luck best wishes enjoy fun care take day weekend week one lot lots much very really again too "
        + "there everyone everybody all guys friend buddy dude man pal dear ya'll sounds sound like plan great hear know let keep going "
        + "please help impressive beautiful gorgeous incredible inspiring proud excited exciting love interesting "
        + "what how why who when where up").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // As whole messages, in other languages.
    private static readonly FrozenSet<string> Phrases = new[]
    {
        "how are you", "how are you doing", "how are you today", "how are you doing today", "how do you do", "how is it going", "how it going", "how are things", "what up", "what is up",
        "hallo", "guten tag", "guten morgen", "guten abend", "gute nacht", "danke", "danke schon", "vielen dank", "bitte", "tschuss", "ja", "nein", "genau", "alles klar",
        "bonjour", "bonsoir", "salut", "merci", "merci beaucoup", "au revoir", "oui", "non", "d accord", "hola", "buenos dias", "buenas tardes", "buenas noches", "gracias",
        "muchas gracias", "adios", "si", "vale", "claro", "ciao", "buongiorno", "buonasera", "grazie", "grazie mille", "arrivederci", "va bene", "ola", "bom dia", "boa tarde",
        "boa noite", "obrigado", "obrigada", "tchau", "sim", "hoi", "dank je", "dank u", "bedankt", "doei", "hej", "tack", "takk", "tak", "merhaba", "tesekkurler", "czesc", "dziekuje",
        "привет", "здравствуите", "доброе утро", "добрыи день", "добрыи вечер", "спасибо", "большое спасибо", "пока", "до свидания", "да", "нет", "хорошо", "привіт", "дякую",
        "مرحبا", "السلام عليكم", "اهلا", "شكرا", "شكرا جزيلا", "نعم", "لا", "حسنا", "مع السلامه", "שלום", "תודה", "תודה רבה", "नमस्ते", "धन्यवाद", "हाँ", "नहीं", "ठीक है",
        "你好", "您好", "大家好", "早上好", "早安", "下午好", "晚上好", "晚安", "谢谢", "谢谢你", "非常感谢", "感谢", "多谢", "謝謝", "再见", "再見", "拜拜", "好", "好的", "是的", "不是", "对", "嗯", "哈哈", "没问题", "不客气", "明白", "知道了",
        "こんにちは", "こんばんは", "おはよう", "おはようございます", "おやすみ", "おやすみなさい", "ありがとう", "ありがとうございます", "どうも", "さようなら", "はい", "いいえ", "うん", "わかりました", "了解", "了解です", "よろしくお願いします",
        "안녕", "안녕하세요", "감사합니다", "고마워", "고마워요", "고맙습니다", "네", "아니요", "좋아요", "알겠습니다", "สวัสดี", "ขอบคุณ", "สวัสดีครับ", "สวัสดีค่ะ", "ขอบคุณครับ", "ขอบคุณค่ะ", "xin chao", "cam on", "xin cam on",
    }.Select(Plain).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a folded word that small talk is made of.</summary>
    public static bool IsWord(string word) => Words.Contains(word);

    /// <summary>True when the whole message is small talk, in any of the languages known here.</summary>
    /// <param name="text">The message.</param>
    /// <param name="names">Folded words of names by which people address each other.</param>
    public static bool IsAll(string text, IReadOnlySet<string>? names = null) => IsAll(Tokenizer.Read(text), names);

    /// <summary>The same for a text whose tokens are known.</summary>
    public static bool IsAll(IReadOnlyList<Token> tokens, IReadOnlySet<string>? names = null)
    {
        foreach (var token in tokens)
        {
            if (token.Kind != TokenKind.Word || !(Words.Contains(token.Text) || StopWords.Contains(token.Text) || names?.Contains(token.Text) == true))
            {
                return tokens.Count <= LongestPhrase && Phrases.Contains(Plain(tokens));
            }
        }

        return true;
    }

    /// <summary>True for one of the fixed phrases: "How are you?" asks for nothing that could be looked up.</summary>
    public static bool IsPhrase(string text) => Phrases.Contains(Plain(text));

    private static string Plain(string text) => Plain(Tokenizer.Read(text));

    private static string Plain(IReadOnlyList<Token> tokens) => string.Join(' ', tokens.Where(t => t.Kind != TokenKind.Whole).Select(t => t.Text));
}
