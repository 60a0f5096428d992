using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>Which type of memory a statement is.</summary>
internal static class TypeRules
{
    /// <summary>The built-in types that fit, the best first; knowledge always fits.</summary>
    public static IReadOnlyList<string> Fitting(IReadOnlyList<Statement> group)
    {
        List<string> types = [];
        if (group.Any(s => s.IsEnglish && s.Passage.Role is not null && !Speaker.IsAssistant(s.Passage)))
        {
            var happened = group.Any(Happened);
            var lasts = group.Any(Lasts);
            var dated = group.Any(s => s.Dates.Count > 0);
            var routine = group.Any(IsRoutine);
            Add(types, MemoryTypes.Behavior, routine && !dated);
            Add(types, MemoryTypes.Event, dated && (happened || !lasts));
            Add(types, MemoryTypes.Event, happened && !lasts);
            Add(types, MemoryTypes.Profile, lasts);
            Add(types, MemoryTypes.Event, happened || dated);
            Add(types, MemoryTypes.Behavior, routine);
        }
        else if (group.Any(s => s.Dates.Any(d => d.Precision == DatePrecision.Day)) && group[0].Passage.Role is not null && !Speaker.IsAssistant(group[0].Passage))
        {
            Add(types, MemoryTypes.Event, true);
        }

        Add(types, MemoryTypes.Knowledge, true);
        return types;
    }

    private static void Add(List<string> types, string type, bool fits)
    {
        if (fits && !types.Contains(type))
        {
            types.Add(type);
        }
    }

    private static bool IsRoutine(Statement s)
    {
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            var word = s.Tokens[i].Text;
            if (Cues.Routine.Contains(word) || (Cues.RoutineOfMine.Contains(word) && s.Tokens.Any(t => Cues.FirstPerson.Contains(t.Text))) || Cues.PluralDays.Contains(word)
                || (word is "every" or "each" && i + 1 < s.Tokens.Count && Cues.Recurring.Contains(s.Tokens[i + 1].Text))
                || (word is "a" && i > 0 && i + 1 < s.Tokens.Count && s.Tokens[i - 1].Text is "once" or "twice" or "times" && Cues.Recurring.Contains(s.Tokens[i + 1].Text)))
            {
                return true;
            }
        }

        return false;
    }

    // A verb of the past; "I was tired" is a state.
    private static bool Happened(Statement s) => s.Tokens.Any(t => t.Kind == TokenKind.Word
        && (Cues.Past.Contains(t.Text) || (t.Text.Length > 4 && t.Text.EndsWith("ed", StringComparison.Ordinal) && !Cues.States.Contains(t.Text))));

    private static bool Lasts(Statement s)
    {
        var who = false;
        foreach (var token in s.Tokens)
        {
            var isMe = Cues.FirstPerson.Contains(token.Text);

            // "I'm", "we're", "my … is": the verb hides behind the apostrophe
            if (isMe && token.Start + token.Length + 1 < s.Text.Length && s.Text[token.Start + token.Length] is '\'' or '’'
                && s.Text[token.Start + token.Length + 1] is 'm' or 'r')
            {
                return true;
            }

            who |= isMe;
            if (who && Cues.Lasting.Contains(token.Text))
            {
                return true;
            }
        }

        return false;
    }
}
