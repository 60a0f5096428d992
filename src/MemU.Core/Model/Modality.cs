namespace MemU;

/// <summary>What kind of source a resource is. Compared by name.</summary>
public sealed record class Modality
{
    private Modality(string name) => Name = name;

    /// <summary>Turns of speech between people or between a person and an assistant.</summary>
    public static Modality Conversation { get; } = new("conversation");

    /// <summary>Plain text: a note, a snippet.</summary>
    public static Modality Text { get; } = new("text");

    /// <summary>A longer written document.</summary>
    public static Modality Document { get; } = new("document");

    /// <summary>A picture; needs a model with vision.</summary>
    public static Modality Image { get; } = new("image");

    /// <summary>A film; needs a model with vision and ffmpeg.</summary>
    public static Modality Video { get; } = new("video");

    /// <summary>Speech; needs a transcription model.</summary>
    public static Modality Audio { get; } = new("audio");

    /// <summary>All modalities that can be memorized.</summary>
    public static IReadOnlyList<Modality> All { get; } = [Conversation, Text, Document, Image, Video, Audio];

    /// <summary>The lower-case name that is stored and shown.</summary>
    public string Name { get; }

    /// <summary>True for image, video and audio: what only a model can turn into text.</summary>
    public bool IsMedia => this == Image || this == Video || this == Audio;

    /// <summary>Finds a modality by its name, ignoring case and surrounding blanks.</summary>
    /// <exception cref="ArgumentException">The name is not known; the message lists the known ones.</exception>
    public static Modality Parse(string name) =>
        All.FirstOrDefault(m => string.Equals(m.Name, name?.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"Unknown modality '{name}'. Known: {string.Join(", ", All.Select(m => m.Name))}.", nameof(name));

    /// <summary>Reads a stored name; a name that this version does not know is kept as it is.</summary>
    public static Modality FromStored(string name) => All.FirstOrDefault(m => m.Name == name) ?? new(name);

    /// <inheritdoc />
    public override string ToString() => Name;
}
