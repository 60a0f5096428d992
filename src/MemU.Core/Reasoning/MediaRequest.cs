namespace MemU.Reasoning;

/// <summary>An image, a film or speech to turn into text.</summary>
/// <param name="Modality">Image, video or audio.</param>
/// <param name="Content">The bytes.</param>
/// <param name="FileName">A name with an ending that tells the format.</param>
/// <param name="MediaType">The media type, for example <c>image/png</c>.</param>
public sealed record MediaRequest(Modality Modality, ReadOnlyMemory<byte> Content, string FileName, string MediaType);
