using System.Security.Cryptography;
using System.Text;

namespace MemU.Storage;

/// <summary>
/// A text of this space that a model has embedded, and where its vector is: so that no model is paid twice for the same text. It lives as long as its
/// record says these words, no longer.
/// </summary>
/// <param name="Collection">One of <see cref="VectorCollections"/>.</param>
/// <param name="Id">The record that says it.</param>
/// <param name="Model">The embedding model.</param>
/// <param name="TextHash">Of the text; see <see cref="HashOf"/>.</param>
/// <param name="Vector">The vector, when another model's took its place in the index; null when the index holds it.</param>
public sealed record EmbeddedText(string Collection, string Id, string Model, string TextHash, ReadOnlyMemory<float>? Vector)
{
    /// <summary>Names of embeddings that cost nothing begin so; they are made again and not remembered.</summary>
    public const string FreeModelPrefix = "offline-";

    /// <summary>The length of a hash.</summary>
    internal const int BytesOfHash = 16;

    /// <summary>The first half of the text's SHA-256 in lower-case hexadecimal digits.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(HashBytesOf(text));

    /// <summary>The same as bytes.</summary>
    internal static byte[] HashBytesOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text))[..BytesOfHash];

    /// <summary>Whether a vector is remembered: it says of what and by which model it was made, and was not free.</summary>
    internal static bool IsRemembered(VectorRecord vector) =>
        vector is { Text: not null, Model: { } model } && !IsFree(model);

    /// <summary>Whether a model's embeddings cost nothing.</summary>
    internal static bool IsFree(string model) => model.StartsWith(FreeModelPrefix, StringComparison.Ordinal);

    /// <summary>What is to be remembered of a vector that the index gets; null when it says not of what or by which model it was made, or was free.</summary>
    public static EmbeddedText? Of(VectorRecord vector) =>
        IsRemembered(vector) ? new(vector.Collection, vector.Id, vector.Model!, HashOf(vector.Text!), null) : null;

    /// <summary>What is to be remembered of a vector that another model's replaces.</summary>
    public static EmbeddedText? OfFormer(VectorRecord vector) => Of(vector) is { } text ? text with { Vector = vector.Vector } : null;
}
