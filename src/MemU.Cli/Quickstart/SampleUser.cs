using MemU.Resources;

namespace MemU.Cli.Quickstart;

/// <summary>A made-up user: what to remember of them and what to ask.</summary>
internal sealed record SampleUser(string Id, IReadOnlyList<(string File, Modality Modality)> Sources, IReadOnlyList<string> Questions)
{
    public static IReadOnlyList<SampleUser> All { get; } =
    [
        new("alice", [("alice-chat.json", Modality.Conversation), ("alice-balcony.md", Modality.Document)],
            ["What is Alice allergic to?", "When does Nora get married?", "How often do the tomatoes need water?"]),
        new("bob", [("bob-chat.json", Modality.Conversation), ("bob-terminal.md", Modality.Document)],
            ["What is the name of Bob's dog?", "What is wrong with Bob's knee?", "At what wind speed are the cranes parked?"]),
    ];

    /// <summary>An embedded source; its url stays the same, so that a second run finds it known.</summary>
    public static ResourceRef Open(string file) =>
        ResourceRef.Stream(typeof(SampleUser).Assembly.GetManifestResourceStream(file)!, file, $"memu:quickstart/{file}");
}
