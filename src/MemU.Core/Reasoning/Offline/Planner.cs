using System.Collections.Frozen;
using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>
/// Decides whether a message needs memory at all, and makes a question that leans on what was said before stand alone by adding the
/// names and words it leans on, in brackets.
/// </summary>
internal static class Planner
{
    private const int LooksBack = 4;
    private const int MostNames = 3;
    private const int MostWords = 3;
    private const int LongestQuote = 80;

    private static readonly FrozenSet<string> Pointers = "that this those these there then".Split(' ').ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> BeforePointer = "about of like do did does is was were for with to from after before at in on than".Split(' ').ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> AfterPointer = "happen happened happening work mean cost start end go take look feel help".Split(' ').ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> LastPointers = "there here then das dort da damals dahin ca cela la eso esto alli ahi quello questo dat dar".Split(' ').ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> GoOn = "more else again further".Split(' ').ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> Openings = "and or but so then also why really what how when where who which".Split(' ').ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> EmptyIt = "is was would does did".Split(' ').ToFrozenSet(StringComparer.Ordinal);
    private static readonly string[] UnspacedPronouns = ["他", "她", "它", "那", "这", "這", "彼", "それ", "その", "あの", "これ", "この", "そこ", "그", "이것", "거기"];

    /// <summary>The plan for a question.</summary>
    public static RetrievalPlan Plan(PlanRequest request)
    {
        var query = request.Query;
        var names = request.Context.SelectMany(m => Tokenizer.Read(m.Role)).Select(t => t.Text).ToHashSet();
        if (SmallTalk.IsPhrase(query) || (SmallTalk.IsAll(query, names) && !LooksLikeQuestion(query)))
        {
            return new RetrievalPlan(false, query, "small talk: there is nothing to look up");
        }

        if (request.Context.Count == 0)
        {
            return new RetrievalPlan(true, query, "no context: the question is taken as it is");
        }

        if (!LeansOnContext(query))
        {
            return new RetrievalPlan(true, query, "the question stands alone");
        }

        var added = Antecedents(query, request.Context);
        return added.Count == 0
            ? new RetrievalPlan(true, query, "the context names nothing that the question could mean")
            : new RetrievalPlan(true, $"{query.TrimEnd()} ({string.Join(", ", added)})", "names and words of the context were added");
    }

    private static bool LooksLikeQuestion(string query) => query.AsSpan().TrimEnd() is [.., '?' or '？' or '؟'];

    private static bool LeansOnContext(string query)
    {
        var tokens = Tokenizer.Read(query);
        if (tokens.Exists(t => t.Kind == TokenKind.Unspaced))
        {
            return UnspacedPronouns.Any(p => query.Contains(p, StringComparison.Ordinal)) || tokens.Sum(t => t.Text.Length) <= 4;
        }

        var named = false;
        for (var i = 0; i < tokens.Count; i++)
        {
            var word = tokens[i].Text;
            if (Cues.Pronouns.Contains(word) && !(word is "it" && IsEmptyIt(tokens, i)))
            {
                return !named;
            }

            if (Pointers.Contains(word) && i > 0 && BeforePointer.Contains(tokens[i - 1].Text) && (i + 1 == tokens.Count || StopWords.Contains(tokens[i + 1].Text) || AfterPointer.Contains(tokens[i + 1].Text)))
            {
                return true;
            }

            if (i > 0 && i + 1 == tokens.Count && LastPointers.Contains(word))
            {
                return true;
            }

            named |= i > 0 && IsName(query, tokens[i]);
        }

        if (named || tokens.Count == 0)
        {
            return false;
        }

        // "And when?", "How long?", "Tell me more.", but not "Who am I?"
        var content = tokens.Count(t => !StopWords.Contains(t.Text));
        return (content == 0 && !tokens.Exists(t => Cues.FirstPerson.Contains(t.Text)))
            || (content == 1 && tokens.Count <= 4 && Openings.Contains(tokens[0].Text) && !tokens.Exists(t => Cues.AskingYesNo.Contains(t.Text)))
            || (tokens.Exists(t => GoOn.Contains(t.Text)) && tokens.TrueForAll(t => StopWords.Contains(t.Text) || EverydayWords.Contains(TextAnalyzer.Stem(t.Text))));
    }

    // "What time is it?", "is it possible …": nothing is meant
    private static bool IsEmptyIt(List<Token> tokens, int at) => at > 0 && EmptyIt.Contains(tokens[at - 1].Text) && (at == 1 || at + 1 == tokens.Count);

    private static bool IsName(string text, Token token) =>
        token.Kind is TokenKind.Word && token.Text.Length > 1 && char.IsUpper(text[token.Start]) && !StopWords.Contains(token.Text);

    // Names of the last messages first, then the words of their subject; the newest message counts most.
    private static List<string> Antecedents(string query, IReadOnlyList<ContextMessage> context)
    {
        var known = TextAnalyzer.Terms(query).ToHashSet();
        var (names, words) = (new List<string>(), new List<string>());
        foreach (var message in context.Reverse().Take(LooksBack))
        {
            var inLast = ReferenceEquals(message, context[^1]) || (context.Count > 1 && ReferenceEquals(message, context[^2]));
            var tokens = Tokenizer.Read(message.Text);
            if (tokens.Exists(t => t.Kind == TokenKind.Unspaced))
            {
                if (inLast && words.Count == 0 && !SmallTalk.IsAll(message.Text))
                {
                    words.Add(Captioner.Cut(ItemText.Line(message.Text), LongestQuote));
                }

                continue;
            }

            var starts = SentenceSplitter.Split(message.Text).Select(s => s.Start).ToHashSet();
            foreach (var token in tokens.Where(t => t.Kind == TokenKind.Word && t.Text.Length > 1 && !StopWords.Contains(t.Text) && !SmallTalk.IsWord(t.Text)))
            {
                var stem = TextAnalyzer.Stem(token.Text);
                var surface = message.Text.Substring(token.Start, token.Length);
                if (IsName(message.Text, token) && (!starts.Contains(token.Start) || IsNameElsewhere(surface, context)))
                {
                    Add(names, MostNames, stem, surface);
                }
                else if (inLast && !EverydayWords.Contains(stem) && !Cues.Past.Contains(token.Text))
                {
                    Add(words, MostWords, stem, surface);
                }
            }
        }

        return [.. names, .. words];

        void Add(List<string> list, int most, string stem, string surface)
        {
            if (list.Count < most && known.Add(stem))
            {
                list.Add(surface);
            }
        }
    }

    // A capital letter at the start of a sentence says nothing, unless the word has one inside another sentence, or never a small one.
    private static bool IsNameElsewhere(string word, IReadOnlyList<ContextMessage> context) =>
        !EverydayWords.Contains(TextAnalyzer.Stem(word.ToLowerInvariant()))
        && context.Any(m => m.Text.IndexOf(" " + word, StringComparison.Ordinal) > 0 || m.Role.Contains(word, StringComparison.OrdinalIgnoreCase));
}
