using System.Text.Json;
using CsCheck;
using MemU.Retrieve;
using MemU.Testing;
using Microsoft.ML.Tokenizers;

namespace MemU.Tests.Retrieve;

/// <summary>What is packed for a prompt must fit it, whichever tokenizer the model has: here the two of OpenAI's, which are the most common.</summary>
public sealed class TokenCountTests
{
    private static readonly TiktokenTokenizer[] Tokenizers = [TiktokenTokenizer.CreateForEncoding("cl100k_base"), TiktokenTokenizer.CreateForEncoding("o200k_base")];

    private static readonly string[] Texts =
    [
        "- 2026-02-10 18:30, Alice: I'll have the cello lesson at 7pm (room 12b), don't wait! [talk.json#m17]\n",
        "Ich hätte die Straßenbahnhaltestellenbeschilderung überprüfen müssen; das Fahrradschloss lag im Büro.\n",
        "Où est-ce que l'élève a oublié son cahier d'arithmétique ? À côté de l'hôtel, peut-être…\n",
        "Мы переехали в Екатеринбург, а Наташа осталась у бабушки до понедельника.\n",
        "我们昨天在西湖边吃了小笼包，然后去看了一场电影。\n",
        "昨日は京都で友達とラーメンを食べました。とても美味しかったです。\n",
        "어제 우리는 한강에서 자전거를 탔어요. 바람이 많이 불었어요.\n",
        "ذهبنا أمس إلى المكتبة واستعرنا ثلاثة كتب عن تاريخ الأندلس.\n",
        "เมื่อวานเราไปตลาดน้ำกับคุณยายและซื้อมะม่วงสุก\n",
        "כתבתי לך אתמול מכתב ארוך על הטיול לגליל.\n",
        "हमने कल शाम को छत पर बैठकर चाय पी और पुराने गाने सुने।\n",
        "var x = await client.GetAsync($\"{url}?q={Uri.EscapeDataString(q)}&n=10\"); // 0x7FFF_FFFF >> 3\n",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U\n",
        "ACGTTGCAAGCTTGACCTGAATCGGATTACAGGCT\n",
        "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 👍🏽 ☕️ ✨✨✨\n",
        "\t\t\t        indented\n\n\n\n      and   wide    \n",
    ];

    [Fact]
    public void No_tokenizer_counts_more_for_a_text_in_any_script() =>
        Assert.All(Texts, t => Assert.All(Tokenizers, k => Assert.InRange(k.CountTokens(t), 1, TokenCount.Of(t))));

    [Fact]
    public void No_tokenizer_counts_more_for_a_block_of_random_characters() =>
        Gen.OneOf(
                Gen.String[Gen.Char[' ', '~'], 200, 400],
                Gen.String[Gen.Char['\u00a0', '\u05ff'], 200, 400],
                Gen.String[Gen.Char['\u0600', '\ud7ff'], 200, 400],
                Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Gen.Char['A', 'Z'], Gen.Int[0, 6].Select(n => " \n\t'-. "[n])), 200, 400])
            .Sample(t => Tokenizers.All(k => k.CountTokens(t) <= TokenCount.Of(t)), seed: "0000KOIPFE82", iter: 2_000, threads: 1);

    [Fact]
    public void No_tokenizer_counts_more_for_what_people_said_and_the_count_is_less_than_twice_the_truth()
    {
        var (counted, real) = (0L, 0L);
        using var file = JsonDocument.Parse(File.ReadAllBytes(Needs.Data("locomo-dev.json")));
        foreach (var text in TextsIn(file.RootElement).Where(t => t.Length > 20))
        {
            var count = TokenCount.Of(text);
            Assert.All(Tokenizers, k => Assert.True(k.CountTokens(text) <= count, text));
            (counted, real) = (counted + count, real + Tokenizers[1].CountTokens(text));
        }

        Assert.InRange((double)counted / real, 1, 2);
    }

    private static IEnumerable<string> TextsIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(TextsIn),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => TextsIn(p.Value)),
        _ => [],
    };
}
