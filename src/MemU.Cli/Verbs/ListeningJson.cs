namespace MemU.Cli.Verbs;

/// <summary>Where the server listens.</summary>
internal sealed record ListeningJson(IReadOnlyCollection<string> Listening, bool Authentication);
