using System.Globalization;
using System.Reflection;

namespace MemU.Sql;

/// <summary>One numbered step of a schema.</summary>
internal sealed record SqlMigration(int Version, string Name, string Script)
{
    /// <summary>The scripts under a resource prefix, named <c>0001_name.sql</c> and so on, in order.</summary>
    public static IReadOnlyList<SqlMigration> Load(Assembly assembly, string prefix) =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                var name = resource[prefix.Length..^".sql".Length];
                return new SqlMigration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
            }),
    ];
}
