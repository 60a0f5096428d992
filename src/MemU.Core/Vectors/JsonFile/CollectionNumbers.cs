namespace MemU.Vectors;

/// <summary>The numbers that stand for collections in our binary files. They never change; new collections get new numbers.</summary>
internal static class CollectionNumbers
{
    private static readonly string[] Names =
        [VectorCollections.Resources, VectorCollections.Items, VectorCollections.Categories, VectorCollections.CategorySummaries, VectorCollections.Passages];

    /// <summary>How many there are.</summary>
    public static int Count => Names.Length;

    /// <summary>The number of a known collection.</summary>
    public static byte Of(string collection) => (byte)Array.IndexOf(Names, collection);

    /// <summary>The collection of a number; null when a later version made it.</summary>
    public static string? NameOf(byte number) => number < Names.Length ? Names[number] : null;
}
