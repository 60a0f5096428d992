using System.Collections.Frozen;

namespace MemU.Text;

/// <summary>
/// Pairs of characters that say nothing about what a question in a script without blanks asks for: endings of verbs, words that only ask. They are what stop words
/// are elsewhere, and are left out of questions only: a text keeps them, since a pair may be part of another word there.
/// </summary>
internal static class FunctionPairs
{
    private const string Interrogatives = "什么麼吗嗎呢哪谁誰怎";

    // Written with one of these, and ask nothing: Nezha, morphine, Kashgar, Kashmir, Bush, assorted, woollen cloth.
    private static readonly FrozenSet<string> Others = "哪吒 吗啡 嗎啡 喀什 克什 什米 塔什 什干 布什 什锦 什錦 什叶 呢绒 呢子 呢喃".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // "What" in Japanese, beside a particle; a name in Chinese.
    private const char What = '何';

    private static readonly FrozenSet<string> All = (
        "です ます した して まし すか ませ せん でし ない いる てい いま いう ので のが のは には では とは から まで より など たい しま すが すね すよ でき きる れる られ せる ある あり りま "
        + "どこ どん んな いつ だれ なぜ どう どの どれ どち ちら その この あの それ これ あれ ここ そこ のか くだ ださ さい "
        + "是不 不是 有没 没有 能不 是在 的是 是的 多少 几个 幾個 為何 为何 如何 是否 请问 請問 "
        + "무엇 어디 언제 누구 어떤 어떻 떻게 무슨 입니 니까 습니 니다 인가 가요 나요 세요")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for a term that is one.</summary>
    public static bool Contains(string term) =>
        term.Length == 2 && !Others.Contains(term) && (All.Contains(term) || term.AsSpan().ContainsAny(Interrogatives) || (term.Contains(What) && term.AsSpan().ContainsAnyInRange('ぁ', 'ゟ')));
}
