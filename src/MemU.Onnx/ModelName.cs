using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MemU.Onnx;

/// <summary>The name of a model that was given none.</summary>
internal static class ModelName
{
    private const int Digits = 12;

    /// <summary><c>all-MiniLM-L6-v2-4a64cee3d413</c>: the file, and a hash of all that decides the vector of a text. A question's prefix does not.</summary>
    public static string Of(string file, ModelPart model, ModelPart vocabulary, OnnxEmbeddingOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { model, vocabulary }.Concat(model.Path is { } path ? WeightFiles.Of(path).Select(ModelPart.Of) : []))
        {
            using var stream = part.Open();
            hash.AppendData(SHA256.HashData(stream));
        }

        hash.AppendData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{options.Pooling}|{options.MaxTokens}|{options.LowerCase}|{options.PassagePrefix}")));
        return $"{file}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits]}";
    }
}
