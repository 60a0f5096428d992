using System.Numerics.Tensors;
using MemU.Vectors;

namespace MemU.Tests.Vectors;

/// <summary>
/// One exact search by cosine, fed row by row, as plainly as can be: what others are compared with. The dot product is the only work per row when the length of
/// the row's vector is known. Rows of another dimension or of another named model are skipped and counted. Not thread-safe.
/// </summary>
internal sealed class ExactSearch
{
    private readonly float[] question;
    private readonly string? model;
    private readonly TopK best;
    private int skipped;

    /// <exception cref="ArgumentException">The question cannot be answered.</exception>
    public ExactSearch(VectorQuery query)
    {
        VectorRules.Check(query);
        question = Normalised(query.Vector.Span);
        model = query.Model;
        best = new TopK(query.TopK);
    }

    /// <summary>The answer to what was offered, which is forgotten.</summary>
    public VectorHits TakeHits() => new(best.TakeAll(), skipped);

    /// <summary>The Euclidean length of a vector.</summary>
    public static double LengthOf(ReadOnlySpan<float> vector) => VectorLength.Of(vector);

    /// <summary>True when a row with this dimension and model can be compared; otherwise it is counted as skipped.</summary>
    public bool Accepts(int dimension, string? rowModel)
    {
        var fits = dimension == question.Length && (model is null || rowModel is null || rowModel == model);
        skipped += fits ? 0 : 1;
        return fits;
    }

    /// <summary>Takes a row into account.</summary>
    public void Offer(string id, ReadOnlySpan<float> vector, string? rowModel) => Offer(id, vector, LengthOf(vector), rowModel);

    /// <summary>Takes a row into account whose <see cref="LengthOf"/> is known.</summary>
    public void Offer(string id, ReadOnlySpan<float> vector, double length, string? rowModel)
    {
        if (!Accepts(vector.Length, rowModel))
        {
            return;
        }

        var score = Cosine(vector, length);
        if (best.Wants(score))
        {
            best.Offer(new VectorId(id), score);
        }
    }

    private static float[] Normalised(ReadOnlySpan<float> vector)
    {
        var result = new float[vector.Length];
        VectorLength.Normalise(vector, result);
        return result;
    }

    /// <summary>A vector of zeros has no direction: its cosine with anything is 0.</summary>
    private float Cosine(ReadOnlySpan<float> vector, double length)
    {
        if (length == 0)
        {
            return 0;
        }

        var cosine = VectorLength.IsOrdinary(length) ? TensorPrimitives.Dot(question, vector) / length : ExactDot(vector) / length;
        return (float)Math.Clamp(cosine, -1, 1);
    }

    private double ExactDot(ReadOnlySpan<float> vector)
    {
        var sum = 0.0;
        for (var i = 0; i < vector.Length; i++)
        {
            sum += (double)question[i] * vector[i];
        }

        return sum;
    }
}
