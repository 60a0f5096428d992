using CsCheck;
using MemU.Text;

namespace MemU.Tests.Text;

public class TextAnalyzerTests
{
    [Theory]
    [InlineData("I don't think she isn't there", "think")]
    [InlineData("Josephine's dog", "josephin dog")]
    [InlineData("Josephine’s dogs’ beds", "josephin dog bed")]
    [InlineData("I can't, you won't, they'll", "")]
    [InlineData("O'Brien met us", "obrien brien meet")]
    [InlineData("l'amour d'Orsay", "lamour amour dorsai orsai")]
    public void Apostrophes_do_not_hide_words(string text, string terms) => Assert.Equal(terms, Joined(text));

    [Theory]
    [InlineData("כלב הכלב כלבים הכלבים", "כלב כלב כלב כלב")]
    [InlineData("אחותי האחות", "אחות אחות")]
    [InlineData("אופניים האופניים", "אופני אופני")]
    [InlineData("ברכבת לרכבת רכבת", "רכבת רכבת רכבת")]
    [InlineData("מטבח במטבח המטבח", "מטבח מטבח מטבח")]
    [InlineData("הוא של זה", "הוא של זה")]
    public void Articles_particles_and_plurals_of_Hebrew_are_taken_off(string text, string terms) => Assert.Equal(terms, Joined(text));

    [Theory]
    [InlineData("She went home; the children ran", "go home child run")]
    [InlineData("He taught, bought and drove", "teach bui drive")]
    [InlineData("Her mother died. He is dying.", "mother die die")]
    [InlineData("two women, three mice", "2 woman 3 mous")]
    public void Irregular_forms_fall_on_their_base(string text, string terms) => Assert.Equal(terms, Joined(text));

    [Theory]
    [InlineData("Café Zürich naïve Łódź smørbrød", "cafe zurich naiv lodz smorbrod")]
    [InlineData("Cafe\u0301 Zu\u0308rich", "cafe zurich")]
    [InlineData("Straße ŒUVRE ﬁnal", "strass oeuvr final")]
    [InlineData("ＡＢＣ１２３", "abc123 abc 123")]
    [InlineData("𝐁𝐨𝐥𝐝", "bold")]
    [InlineData("Việt Nam", "viet nam")]
    public void Accents_width_and_style_are_folded(string text, string terms) => Assert.Equal(terms, Joined(text));

    [Theory]
    [InlineData("on 2017-09-04 at 10:30", "2017-09-04 2017 9 4 10:30 10 30")]
    [InlineData("3.14 and 1,000,000 and 007", "3.14 3 14 1000000 7")]
    [InlineData("the 22nd of May", "22 mai")]
    [InlineData("see https://www.example.com/a_b?q=1.", "see example.com/a_b?q=1 exampl com b q 1")]
    [InlineData("mail jo.doe@mail.example", "mail jo.doe@mail.example jo doe mail exampl")]
    [InlineData("MemoryService user_id C++ and C#", "memoryservic memori servic user_id user id c++ c c# c")]
    [InlineData("e-mail, Wi-Fi, well-known", "email mail wifi wi fi know")]
    [InlineData("gpt4 is 5pm", "gpt4 gpt 4 5pm 5 pm")]
    public void Wholes_stand_beside_their_parts(string text, string terms) => Assert.Equal(terms, Joined(text));

    [Theory]
    [InlineData("我喜欢猫", "我喜 喜欢 欢猫")]
    [InlineData("猫。犬", "猫 犬")]
    [InlineData("コーヒー", "コー ーヒ ヒー")]
    [InlineData("ｺｰﾋｰ", "コー ーヒ ヒー")]
    [InlineData("고양이가 좋아", "고양 양이 이가 좋아")]
    [InlineData("𠮷野家", "𠮷野 野家")]
    [InlineData("用Python写", "用 python 写")]
    public void Scripts_without_blanks_are_cut_into_pairs(string text, string terms) => Assert.Equal(terms, Joined(text));

    [Fact]
    public void Thai_is_cut_into_pairs() => Assert.Equal("แมว".Length - 1, TextAnalyzer.Terms("แมว").Count);

    [Theory]
    [InlineData("Привет, мои друзья и ёлка", "привет мои друзь и елк")]
    [InlineData("مَرْحَبًا أحمد", "مرحبا احمد")]
    [InlineData("שלום עולם", "לומ עולמ")]
    [InlineData("Καλημέρα κόσμος", "καλημερα κοσμοσ")]
    [InlineData("नमस्ते दुनिया", "नमस्ते दुनिया")]
    [InlineData("٢٠٢٣", "2023")]
    public void Other_scripts_are_cut_at_blanks(string text, string terms) => Assert.Equal(terms, Joined(text));

    [Theory]
    [InlineData("Ich habe zwei Fahrräder gekauft", "Mein Fahrrad ist nicht da", "fahrrad")]
    [InlineData("Die Häuser sind alt und die Bücher auch", "Das Haus und das Buch", "haus buch")]
    [InlineData("Meine Schwestern wohnen in den Bergen", "Die Schwester ist auf dem Berg", "schwest berg")]
    [InlineData("J'ai vu les chevaux dans les champs", "Le cheval est dans un champ", "cheval champ")]
    [InlineData("Mis hermanas viven con los abuelos", "La hermana y el abuelo", "herman abuel")]
    [InlineData("Le ragazze sono con gli amici", "La ragazza e un amico", "ragazz amic")]
    [InlineData("As casas não são dos meninos", "O menino está na casa", "menin casa")]
    public void Plurals_cases_and_genders_of_other_languages_fall_together(string one, string two, string common)
    {
        Assert.Superset(common.Split(' ').ToHashSet(), TextAnalyzer.Terms(one).ToHashSet());
        Assert.Superset(common.Split(' ').ToHashSet(), TextAnalyzer.Terms(two).ToHashSet());
    }

    [Theory]
    [InlineData("The houses of San Sebastián and La Coruña are old", "hous san sebastian la coruna old")]
    [InlineData("Ha ha ha! Visited grandma, hosted cousins", "ha ha ha visit grandmoth host cousin")]
    [InlineData("Maria de la Cruz bought the cheeses", "maria de la cruz bui chees")]
    public void Names_from_elsewhere_do_not_make_an_English_text_another(string text, string terms) => Assert.Equal(terms, Joined(text));

    [Theory]
    [InlineData("")]
    [InlineData("   \t\n")]
    [InlineData("👩‍👩‍👧 🎉!?")]
    [InlineData("\uD800 \uDC00 \u0301")]
    public void Text_without_words_has_no_terms(string text) => Assert.Empty(TextAnalyzer.Terms(text));

    [Fact]
    public void Stop_words_are_kept_when_wanted() =>
        Assert.Equal(["what", "doe", "she", "do"], TextAnalyzer.Terms("What does she do?", keepStopWords: true));

    [Fact]
    public void Any_text_has_terms_without_blanks_whose_case_does_not_matter() =>
        Gen.Char.Array[0, 80].Select(c => new string(c)).Sample(text =>
        {
            Assert.All(TextAnalyzer.Terms(text), t => Assert.False(string.IsNullOrWhiteSpace(t)));
            Assert.All(Tokenizer.Read(text), t => Assert.True(t.Start >= 0 && t.Length > 0 && t.Start + t.Length <= text.Length));
        });

    private static string Joined(string text) => string.Join(' ', TextAnalyzer.Terms(text));
}
