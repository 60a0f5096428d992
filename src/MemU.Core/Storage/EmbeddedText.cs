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

    /// <summary>The first half of the text's SHA-256 in lower-case hexadecimal digits.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    /// <summary>What is to be remembered of a vector that the index gets; null when it says not of what or by which model it was made, or was free.</summary>
    public static EmbeddedText? Of(VectorRecord vector) =>
        vector is { Text: { } text, Model: { } model } && !model.StartsWith(FreeModelPrefix, StringComparison.Ordinal)
            ? new(vector.Collection, vector.Id, model, HashOf(text), null)
            : null;

    /// <summary>What is to be remembered of a vector that another model's replaces.</summary>
    public static EmbeddedText? OfFormer(VectorRecord vector) => Of(vector) is { } text ? text with { Vector = vector.Vector } : null;
}
