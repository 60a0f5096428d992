using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>Draws items from a segment: the statements that tell most, in the words of the source.</summary>
internal static class Extractor
{
    private const int MostItems = 40;
    private const int MostOfADocument = 24;

    /// <summary>The items in the order in which they stand; none said twice.</summary>
    public static IReadOnlyList<ItemDraft> Extract(ExtractRequest request, CancellationToken cancellationToken)
    {
        var names = Speaker.NameWords(request.Passages);
        var statements = Statement.Read(request.Passages);
        cancellationToken.ThrowIfCancellationRequested();
        var isConversation = request.Modality == Modality.Conversation;
        var groups = isConversation ? ConversationGroups.Find(statements, names) : DocumentGroups.Find(statements, names);
        cancellationToken.ThrowIfCancellationRequested();
        var categories = new CategoryMatcher(request.Categories);
        var types = new TypeChooser(request);
        return [.. groups
            .Where(g => g.Value >= Telling.Enough)
            .OrderByDescending(g => g.Value)
            .Select(g => (Group: g, Type: types.Choose(g)))
            .Where(g => g.Type is not null)
            .Take(isConversation ? MostItems : MostOfADocument)
            .OrderBy(g => g.Group.Statements[0].PassageIndex).ThenBy(g => g.Group.Statements[0].Span.Start)
            .Select(g => Draft(g.Group, g.Type!, categories, isConversation))
            .DistinctBy(d => d.Content)];
    }

    private static ItemDraft Draft(StatementGroup group, string type, CategoryMatcher categories, bool isConversation)
    {
        IEnumerable<Passage> passages = [.. Passages(group.Question), .. group.Headings.Select(h => h.Passage), group.Passage];
        return new ItemDraft
        {
            MemoryType = type,
            Content = ItemText.Of(group),
            Categories = categories.Match(group, type, isConversation),
            PassageIds = [.. passages.DistinctBy(p => p.Id).OrderBy(p => p.Position).Select(p => p.Id)],
            HappenedAt = HappenedAt(group),
        };
    }

    private static Passage[] Passages(Statement? statement) => statement is null ? [] : [statement.Passage];

    // A bare year is too wide to be a point in time.
    private static DateTimeOffset? HappenedAt(StatementGroup group)
    {
        var said = group.Passage.HappenedAt;
        foreach (var date in group.Statements.SelectMany(s => s.Dates))
        {
            if (date.Precision != DatePrecision.Year && date.From.Year is > 1 and < 9999)
            {
                return said is { } time && DateOnly.FromDateTime(time.Date) == date.From
                    ? said
                    : new DateTimeOffset(date.From.ToDateTime(TimeOnly.MinValue), said?.Offset ?? TimeSpan.Zero);
            }
        }

        return said;
    }
}
