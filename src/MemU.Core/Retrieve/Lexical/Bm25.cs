namespace MemU.Retrieve.Lexical;

/// <summary>The two factors of BM25. The constants suit texts of a sentence or a few, where length says little.</summary>
internal static class Bm25
{
    /// <summary>How soon a repeated term stops counting.</summary>
    public const double K1 = 0.6;

    /// <summary>How much a long document is held back.</summary>
    public const double B = 0.4;

    /// <summary>How rare a term is; never negative.</summary>
    public static double Idf(int documents, int documentsWithTerm) =>
        Math.Log(1 + ((documents - documentsWithTerm + 0.5) / (documentsWithTerm + 0.5)));

    /// <summary>How much a document is about a term, 0 to <see cref="K1"/> + 1.</summary>
    public static double Weight(double frequency, double length, double averageLength) =>
        frequency * (K1 + 1) / (frequency + (K1 * (1 - B + (B * length / averageLength))));
}
