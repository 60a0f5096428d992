namespace MemU.Resources;

/// <summary>Bytes that were put into a blob store.</summary>
/// <param name="Key">Names them within their space's store; forward slashes, safe on any file system.</param>
/// <param name="Hash">Lower-case hexadecimal SHA-256.</param>
/// <param name="Size">Bytes.</param>
/// <param name="IsNew">False when the same bytes were there already.</param>
public sealed record BlobReference(string Key, string Hash, long Size, bool IsNew);
