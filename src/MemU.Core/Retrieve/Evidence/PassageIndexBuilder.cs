using MemU.Retrieve.Lexical;
using MemU.Text;

namespace MemU.Retrieve.Evidence;

/// <summary>Reads passages in the order of the store and makes a <see cref="PassageIndex"/>. Not thread-safe.</summary>
internal sealed class PassageIndexBuilder
{
    // A stretch of 45 terms is some 80 words; what is not much longer stays whole.
    private const int TermsOfPiece = 45;
    private const int TermsOfWholePassage = 70;

    private readonly LexicalIndexBuilder pieces = new();
    private readonly List<string> ids = [];
    private readonly List<int> passageOfPiece = [];
    private readonly List<PassageFacts> facts = [];
    private readonly List<int> lengthsBefore = [0];
    private readonly Dictionary<string, int> speakers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string[]> speakerTerms = [];
    private readonly SessionSplitter sessions = new();

    /// <summary>Adds the next passage.</summary>
    public void Add(Passage passage)
    {
        var terms = TextAnalyzer.Terms(passage.Text);
        foreach (var piece in terms.Count <= TermsOfWholePassage ? [terms] : terms.Chunk(EvenSize(terms.Count)).AsEnumerable<IReadOnlyList<string>>())
        {
            pieces.Add(piece);
            passageOfPiece.Add(ids.Count);
        }

        var speaker = Roles.KindOf(passage.Role);
        var traits = PassageCues.Read(passage.Text) | (speaker == RoleKind.Assistant ? PassageTraits.ByAssistant : PassageTraits.None);
        facts.Add(new PassageFacts(
            sessions.Add(passage, speaker, terms.Count),
            speaker == RoleKind.Named ? NumberOf(passage.Role!) : -1,
            passage.HappenedAt is { } time ? DateOnly.FromDateTime(time.DateTime).DayNumber : -1,
            traits));
        ids.Add(passage.Id);
        lengthsBefore.Add(lengthsBefore[^1] + terms.Count);
    }

    /// <summary>The index of everything added; the builder is of no use afterwards.</summary>
    public PassageIndex Build() => new(
        [.. ids], pieces.Build(), [.. passageOfPiece], [.. facts], sessions.Finish(), [.. speakerTerms], [.. lengthsBefore]);

    private static int EvenSize(int terms)
    {
        var count = (terms + TermsOfPiece - 1) / TermsOfPiece;
        return (terms + count - 1) / count;
    }

    private int NumberOf(string role)
    {
        if (!speakers.TryGetValue(role, out var number))
        {
            number = speakerTerms.Count;
            speakers.Add(role, number);
            speakerTerms.Add([.. TextAnalyzer.Terms(role)]);
        }

        return number;
    }
}
