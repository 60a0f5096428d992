using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MemU.Reasoning;

/// <summary>
/// The last look at a text before it is stored as a memory, a caption or a summary: it keeps out what is no memory at all (nothing,
/// placeholders, a model's refusal). Only texts that <em>are</em> such a thing are rejected, not texts that mention one.
/// </summary>
internal static partial class MemoryTextGuard
{
    private const int JsonCheckLength = 2_000;
    private const string Sorry = @"^((i'm|i am|we're|we are) (very |so |truly )?sorry|sorry|i apologi[sz]e|my apologies|apologies|unfortunately|regrettably)";
    private const string Cannot =
        @"(i|we) ?(can't|cannot|can not|could not|couldn't|won't|will not|am unable to|'m unable to|are unable to|am not able to|'m not able to|'m not allowed to|am not allowed to|must decline to|have to decline to|must refuse to)( (really|currently|simply|actually|directly|possibly))* ";
    private const string HelpWithThat = @"(help|assist)( (you|anyone))?( (with|in)( (that|this|these|your|such|creating|generating|extracting|identifying|recogni[sz]ing|providing|describing|analy[sz]ing|processing|answering|transcribing)\b.*| the .*\brequests?)?)?$";

    /// <summary>True when the text says something; else <paramref name="why"/> tells in a few words what it is, without quoting it.</summary>
    public static bool IsStorable(string? text, out string? why)
    {
        why = string.IsNullOrWhiteSpace(text) ? "blank" : Fault(text);
        return why is null;
    }

    private static string? Fault(string text)
    {
        if (!text.EnumerateRunes().Any(r => Rune.IsLetterOrDigit(r)))
        {
            return "without a word";
        }

        var plain = Plain(text);
        if (NothingPhrases.Whole.Contains(plain) || NothingFound().IsMatch(plain) || NothingSaid().IsMatch(plain) || NothingInChineseOrJapanese().IsMatch(plain) || IsEmptyJson(text))
        {
            return "a way of saying 'nothing'";
        }

        if (StoredPlaceholder().IsMatch(plain) || BracketPlaceholder().IsMatch(text) || NothingPhrases.Placeholders.Contains(plain))
        {
            return "a placeholder";
        }

        return IsRefusal(plain) ? "a refusal" : null;
    }

    /// <summary>True when an answer is the model declining to work instead of working.</summary>
    public static bool IsRefusal(string text)
    {
        var plain = Plain(text);
        return Apology().IsMatch(plain) || Inability().IsMatch(plain) || AiDisclaimer().IsMatch(plain) || Policy().IsMatch(plain)
            || RefusalPhrases.Starts.Any(s => plain.StartsWith(s, StringComparison.Ordinal));
    }

    // Lower case, straight apostrophes, single blanks, and none of the marks around it that carry no meaning.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        var blank = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                blank = plain.Length > 0;
                continue;
            }

            if (blank)
            {
                plain.Append(' ');
                blank = false;
            }

            plain.Append(c is '’' or '‘' or '`' or '´' ? '\'' : char.ToLowerInvariant(c));
        }

        return plain.ToString().Trim(' ', '.', ',', ';', ':', '!', '?', '"', '\'', '“', '”', '„', '«', '»', '(', ')', '*', '_', '#', '>', '-', '–', '—', '•', '。', '！', '、', '…');
    }

    private static bool IsEmptyJson(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length > JsonCheckLength || trimmed[0] is not ('{' or '['))
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(trimmed.ToString());
            return !HasValue(json.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool HasValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(p => HasValue(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(HasValue),
        JsonValueKind.String => !string.IsNullOrWhiteSpace(element.GetString()),
        JsonValueKind.Number => true,
        _ => false,
    };

    // "No new memories were found in this conversation", as a whole.
    [GeneratedRegex(
        @"^(there (is|are|was|were) |i (found|see) )?no ((new|relevant|significant|useful|important|notable|further|additional|specific|durable|personal|user|memorable|such) )*"
        + @"(memory|memories|items?|facts?|information|data|details?|content|events?|knowledge|behaviou?rs?|habits|patterns|profile|summary)"
        + @"( (items?|information|facts?|memories|data|details?|summary))?"
        + @"( (yet|to (extract|report|remember|store|record|summari[sz]e)|(that )?((could|can) be|was|were|is|are|has been|have been|to be)? ?(found|extracted|identified|detected|available|provided|mentioned|present|stored|recorded|remembered)))?"
        + @"( (in|from|for|about) (this|the|that) (segment|conversation|text|document|source|resource|passages?|content|data|messages?|chat|dialogue|excerpt|input|user)('s (profile|behaviou?r|habits|life|preferences|knowledge))?)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex NothingFound();

    // "The user did not provide any information", "The conversation contains nothing memorable", as a whole.
    [GeneratedRegex(
        @"^(the |this )?(user|speaker|conversation|text|segment|document|source|passages?|messages?|chat|dialogue|excerpt|transcript|input|content) "
        + @"(((did|does|do|has|have) not|didn't|doesn't|don't|hasn't|haven't) (contain|provide|mention|include|share|reveal|disclose|state|specify|give|offer|say)(ed|d)? any"
        + @"|(contains?|provides?|mentions?|includes?|shares?|gives?|offers?|contained|provided|mentioned|included|shared|gave|offered|has|have|had) (no|not any))"
        + @"(thing)?( (new|relevant|significant|useful|important|notable|further|additional|specific|durable|personal|user|memorable|meaningful|explicit|concrete))*"
        + @"( (memory|memories|items?|facts?|information|data|details?|content|events?|knowledge|habits|patterns|preferences))?"
        + @"( (about|on|regarding|concerning) (the user|the speaker|themselves|themself|himself|herself|him|her|them)('s (profile|behaviou?r|habits|life|preferences|knowledge))?)?"
        + @"( (worth (remembering|storing|keeping)|to (remember|extract|store|record|report)|that (can|could|should) be (remembered|extracted|stored)))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex NothingSaid();

    [GeneratedRegex(
        @"^((没有|沒有|无|無|暂无|未发现|未找到|未提及|未提供)(任何)?((新|相关|有用|重要|可用|值得记忆)的?)*(信息|記憶|记忆|内容|数据|资料)"
        + @"|(関連する|新しい|重要な|有用な)*(情報|記憶|記録|内容)(は|が)?(特に)?(ありません|ない|なし|見つかりません|見つかりませんでした))$",
        RegexOptions.CultureInvariant)]
    private static partial Regex NothingInChineseOrJapanese();

    [GeneratedRegex(@"^resource (\S+|.+ \([a-z]+\)) (has been |was |is )?stored(\. no .+ summary.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex StoredPlaceholder();

    [GeneratedRegex(@"^\s*(<[\w \-]{1,40}>|\[[\w \-]{1,40}\]|\{+[\w \-]{1,40}\}+|\$\{[\w \-]{1,40}\})[\s.]*$", RegexOptions.CultureInvariant)]
    private static partial Regex BracketPlaceholder();

    // An apology, then "I cannot <what assistants are asked to do>".
    [GeneratedRegex(
        Sorry + @"[,.:;!]? ?((but|however|for the inconvenience)[,.]? )*" + Cannot
        + @"(" + HelpWithThat + @"|comply\b|do (that|this|so)\b|fulfill? "
        + @"|(provide|process|generate|extract|continue with|engage (in|with)|discuss|create|answer|complete|share|access|analy[sz]e|summari[sz]e|produce|respond to|read|view|open|see)"
        + @"( [\w'-]+){0,4} (requests?|contents?|conversations?|information|memor(y|ies)|files?|images?|documents?|texts?|questions?|material|data|attachments?|links?|urls?|topics?|instructions?|summar(y|ies))\b)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Apology();

    // The same without an apology, where a person's own "I can't …" is likelier: "I can't eat nuts", "I cannot open the file cabinet".
    [GeneratedRegex(
        "^" + Cannot
        + @"(" + HelpWithThat + @"|(comply with|fulfill?) (that|this|these|your|the|such)( [\w'-]+)? requests?\b"
        + @"|(provide|process|generate|extract|analy[sz]e|summari[sz]e|produce|respond to)( [\w'-]+){0,3} (requests?|contents?|conversations?|information|memor(y|ies)|documents?|texts?|material|instructions?)\b)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Inability();

    [GeneratedRegex(
        @"^(i'm sorry,? (but )?)?(as an? (large |ai |artificial intelligence )*(language model|ai model|ai assistant|ai|virtual assistant|assistant),? (i|my)\b.*(not|n't|unable|only|must|no )|as an? (large |ai )*language model\b|i('m| am) (just |only )?an? (large |ai )*(language model|ai( assistant| model)?)\b)",
        RegexOptions.CultureInvariant)]
    private static partial Regex AiDisclaimer();

    [GeneratedRegex(
        @"^((this|that|your|the) (request|content|prompt|conversation|message|response|output) (was|has been|is|may|might|seems to|appears to)( be| have been)? ?(blocked|filtered|flagged|violate|against|in violation|not allowed)|i must (decline|refuse)|i (don't|do not) have (access to|enough (information|context|data) to)|please (provide|share|paste|send) (me )?(the|a|your|some|more) (\w+ )?(conversation|text|content|document|information|messages?|context|details|input|data)\b)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Policy();
}
