using MemU.Commit;

namespace MemU.Maintenance;

/// <summary>Whether a stored vector still stands for its record.</summary>
internal static class VectorFit
{
    /// <summary>True when the vector was made of this text, or does not say of what.</summary>
    public static bool IsOf(VectorRecord vector, TextToEmbed text) =>
        vector.Text is null || vector.Text == text.Text

        // The Python code writes "name: " where there is no description.
        || (vector.Collection == VectorCollections.Categories && vector.Text == $"{text.Text}: ");

    /// <summary>True when the vector can be compared with those of the model; a vector that names none goes by its length.</summary>
    public static bool IsBy(VectorRecord vector, string model, int dimension) =>
        (vector.Model is null || vector.Model == model) && vector.Vector.Length == dimension;
}
