using System.Diagnostics.CodeAnalysis;

namespace MemU.Sql;

/// <summary>Compares texts of statements. They are long, few, and mostly the same objects: the hash looks at a few letters only.</summary>
internal sealed class SqlTextComparer : IEqualityComparer<string>
{
    public static SqlTextComparer Instance { get; } = new();

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode([DisallowNull] string obj) =>
        obj.Length == 0 ? 0 : HashCode.Combine(obj.Length, obj[^1], obj[obj.Length / 2], obj[obj.Length / 3], obj[obj.Length / 5]);
}
