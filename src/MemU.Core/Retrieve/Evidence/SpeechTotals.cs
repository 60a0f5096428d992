namespace MemU.Retrieve.Evidence;

/// <summary>How much was said by whom in a session, to tell what kind of talk it is.</summary>
internal readonly record struct SpeechTotals(int People, int PeopleTerms, int Assistants, int AssistantTerms)
{
    // Terms, not words: stop words are gone. 10 terms are some 20 words; an assistant that says less in a turn chats as people do.
    private const int LongAnswer = 10;

    public int Terms => PeopleTerms + AssistantTerms;

    public SessionKind Kind =>
        (People, Assistants) switch
        {
            (_, > 0) when AssistantTerms >= LongAnswer * Assistants => SessionKind.AssistantChat,
            (0, 0) => SessionKind.Document,
            _ => SessionKind.PeerChat,
        };

    public SpeechTotals With(RoleKind speaker, int terms) => speaker switch
    {
        RoleKind.Assistant => this with { Assistants = Assistants + 1, AssistantTerms = AssistantTerms + terms },
        RoleKind.None => this with { PeopleTerms = PeopleTerms + terms },
        _ => this with { People = People + 1, PeopleTerms = PeopleTerms + terms },
    };
}
