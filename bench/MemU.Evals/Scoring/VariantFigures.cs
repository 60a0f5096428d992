namespace MemU.Evals.Scoring;

/// <summary>The figures of the same questions retrieved in another way.</summary>
internal sealed record VariantFigures(string Variant, Figures Overall, Figures Adversarial);
